from wagtail.snippets.models import register_snippet

from cms.audiences.viewsets import AudienceViewSet

register_snippet(AudienceViewSet)
