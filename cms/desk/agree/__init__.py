"""Where somebody sees herself in an item before it goes online, and says yes, no or otherwise."""
