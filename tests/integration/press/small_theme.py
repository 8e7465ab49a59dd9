"""A theme of a few lines that prints all of a view: what a page holds can be searched in it."""

from pathlib import Path

_TEMPLATES = (
    *("home", "story", "interview", "announcement", "rubric", "section", "month"),
    *("rubrics", "person", "people", "tag", "page", "audience", "newest", "yours", "search"),
    *("alert", "subject", "year"),
    *("agenda", "agenda-month", "event", "take-part", "community-action"),
)
_SHELL = """{% autoescape true -%}
<!doctype html>
<html lang="{{ config.theme.language }}">
<title>{{ page.meta.title if page else "404" }} - {{ config.site_name }}</title>
<link rel="stylesheet" href="{{ 'assets/hub.css' | url }}">
{% set style = config.extra.hub.style or {} %}
{% for logo in [style.logo, style.logo_dark] if logo %}<img src="{{ logo.path | url }}">
{% endfor %}
{% for tab in config.extra.hub.tabs %}<a href="{{ tab.path | url }}">{{ tab.title }}</a>
{% endfor %}
{% block container %}
<main>{% block content %}{% endblock %}</main>
{% endblock %}
</html>
{%- endautoescape %}
"""
_SHOWN = """{% extends "main.html" %}
{% macro show(value, key="") -%}
{% if value is mapping %}<dl>{% for name, inner in value.items() %}
<dt>{{ name }}</dt><dd>{{ show(inner, name) }}</dd>{% endfor %}</dl>
{% elif value is string %}{% if key == "path" %}<a href="{{ value | url }}">{{ value }}</a>
{% elif key == "html" or key.endswith("_html") %}{{ value | safe }}{% else %}{{ value }}{% endif %}
{% elif value is sequence %}{% for inner in value %}{{ show(inner) }}{% endfor %}
{% else %}{{ value }}{% endif %}
{%- endmacro %}
{% block content %}{% autoescape true %}{% block title %}{% endblock %}
<p>{{ page.meta.description }}</p>
{{ show(page.meta.view) }}
{{ page.content | safe }}{% endautoescape %}{% endblock %}
"""
_PAGE = """{% extends "shown.html" %}
{% block title %}<h1>{{ page.meta.title | e }}</h1>{% endblock %}
"""
"""Short, because each is compiled anew in every test that prints."""


def write_small_theme(folder: Path) -> Path:
    (folder / "assets").mkdir(parents=True)
    (folder / "main.html").write_text(_SHELL)
    (folder / "404.html").write_text(
        '{% extends "main.html" %}{% block content %}<h1>404</h1>{% endblock %}'
    )
    (folder / "sitemap.xml").write_text("")
    (folder / "offline.html").write_text((folder / "404.html").read_text())
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "assets" / "hub.css").write_text(
        "body { color: {{ (config.extra.hub.style or {}).light | default('#000') }} }"
    )
    shell = folder / "assets" / "shell.json"
    shell.write_text("{{ config.extra.hub.shell | default({}) | tojson }}")
    (folder / "card.html").write_text("{{ page.meta.view.title }} in a list")
    (folder / "shown.html").write_text(_SHOWN)
    for name in _TEMPLATES:
        (folder / f"{name}.html").write_text(_PAGE)
    return folder
