"""Settings every installation shares; what differs per machine comes from the environment."""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from cms.config import environment
from cms.config.database import database_settings
from cms.config.home import CHECKOUT, current_home
from cms.config.logs import logging_settings
from cms.config.provider import provider_of_environment
from cms.core import hub_name
from cms.media.files import KINDS_OF_FILES, LARGEST_FILM

HOME = current_home()
CONFIG_DIR = Path(__file__).resolve().parents[1]

DEBUG = False
PORT = environment.port()
PUBLIC_URL = environment.public_url(default=f"http://127.0.0.1:{PORT}")

INSTALLED_APPS = [
    "cms.core",
    "cms.accounts",
    "cms.links",
    "cms.audiences",
    "cms.media",
    "cms.stories",
    "cms.events",
    "cms.documents",
    "cms.agreement",
    "cms.workflow",
    "cms.contributions",
    "cms.publishing",
    "cms.planning",
    "cms.alarms",
    "cms.tray",
    "cms.desk",
    "hub_api",
    "wagtail_headless_preview",
    "wagtail.api.v3",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "cms.accounts.wagtail_users.AccountsOfWagtail",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "mailer",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.accounts.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cms.config.headers.OfTheHub",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.accounts.languages.ChosenLanguage",
    "cms.accounts.signing_in.middleware.SecondFactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.desk.doors.middleware.NewsroomDoors",
]

ROOT_URLCONF = "cms.config.urls"
ASGI_APPLICATION = "cms.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CONFIG_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.core.hub_name.in_templates",
            ],
        },
    },
]

DATABASES = {"default": database_settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = logging_settings(HOME)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cms.accounts.backends.NameOrNumber"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PLEIN_PROVIDER = provider_of_environment()
PLEIN_SECOND_FACTOR_REQUIRED = environment.second_factor(default="optional")
OTP_TOTP_ISSUER = hub_name.of_app
OTP_TOTP_THROTTLE_FACTOR = 0  # guessing is limited by `signing_in.attempts`
PASSWORD_RESET_TIMEOUT = 2 * 3600
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # the door has pages for it, which count attempts
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # a borrowed session must not lead the way back in
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
SESSION_ENGINE = "cms.accounts.signing_in.session_store"
SESSION_COOKIE_AGE = 12 * 3600  # of a session that ends when the browser is closed
SESSION_COOKIE_NAME = "plein_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "plein_csrf"
PLEIN_KNOWN_BROWSER_COOKIE = "plein_known"
PLEIN_LINK_COOKIE = "plein_link"
PLEIN_SHARED_SCREEN_COOKIE = "plein_shared"
PLEIN_OWN_DEVICE_COOKIE = "plein_own"
PLEIN_TRUSTED_PROXIES = environment.networks("PLEIN_TRUSTED_PROXIES", ["127.0.0.0/8", "::1"])
PLEIN_SHARED_NETWORKS = environment.networks("PLEIN_SHARED_NETWORKS", [])
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [CONFIG_DIR.parent / "locale"]
TIME_ZONE = environment.time_zone()
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
STATICFILES_DIRS = [
    ("fonts", CHECKOUT / "themes" / "hub" / "assets" / "fonts"),  # one set, hub and sign-in alike
]
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME.media
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Every mail waits in the database; the outbox hands it on through MAILER_EMAIL_BACKEND. Django's
# MAILERS can't be used while django-mailer reads EMAIL_BACKEND, which MAILERS makes unreadable.
EMAIL_BACKEND = "mailer.backend.DbBackend"
MAILER_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("PLEIN_EMAIL_HOST", "localhost")
EMAIL_PORT = environment.port("PLEIN_EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("PLEIN_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("PLEIN_EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("PLEIN_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = HOME.mail
DEFAULT_FROM_EMAIL = environment.text("PLEIN_EMAIL_FROM", "plein@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"  # the newsroom's own pages say SAMEORIGIN for themselves
# As strict as Wagtail's screens allow; ADR 0028 lists each exception with its reason.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "script-src-elem": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}

WAGTAIL_SITE_NAME = hub_name.SOFTWARE
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTOSAVE_INTERVAL = 4000
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A due publication must not end the review of a newer text.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.core.finish.finish_workflow"
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
# What a hub hands out: nothing that a browser runs, nor that it shows as a page of the hub.
WAGTAILDOCS_EXTENSIONS = [*KINDS_OF_FILES]
WAGTAILDOCS_MAX_UPLOAD_SIZE = LARGEST_FILM
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.DocumentForm"
TAGGIT_CASE_INSENSITIVE = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ul", "ol", "link"]},
    },
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.core.search"}}
# An intranet asks nothing of the world outside.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []

WAGTAIL_HEADLESS_PREVIEW = {
    "CLIENT_URLS": {"default": "/preview"},  # the same host, whatever it is called
    "REDIRECT_ON_PREVIEW": True,
    "ENFORCE_TRAILING_SLASH": True,
}

PLEIN_CHECKOUT = CHECKOUT
PLEIN_HOME = HOME
PLEIN_PRESS_ACCOUNT = "press"  # the only one that may read the feed
PLEIN_ASK = environment.flag("PLEIN_ASK", default=True)  # the door on every page of the hub
PLEIN_EMERGENCY_MINUTES = environment.number("PLEIN_EMERGENCY_MINUTES", 60, at_least=1)
