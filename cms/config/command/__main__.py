from cms.config.command import main

raise SystemExit(main())
