"""A reader's own page: personal links for her calendar and her feed reader."""
