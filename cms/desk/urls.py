"""The newsroom's own screens, beside Wagtail's."""

from django.urls import path

from cms.desk.questions.screen import QuestionsScreen
from cms.desk.screens.accept_edit import AcceptEdit
from cms.desk.screens.approve import Approve
from cms.desk.screens.circle import Circle
from cms.desk.screens.front import Front
from cms.desk.screens.moment import Moment
from cms.desk.screens.offline import TakeOffline
from cms.desk.screens.send_back import SendBack
from cms.desk.screens.status import Status

app_name = "desk"
urlpatterns = [
    path("approve/<int:page_id>/", Approve.as_view(), name="approve"),
    path("approve/<int:page_id>/send-back/", SendBack.as_view(), name="send_back"),
    path("accept/<int:page_id>/", AcceptEdit.as_view(), name="accept_edit"),
    path("moment/<int:page_id>/", Moment.as_view(), name="moment"),
    path("circle/<int:page_id>/", Circle.as_view(), name="circle"),
    path("questions/<int:page_id>/", QuestionsScreen.as_view(), name="questions"),
    path("front/", Front.as_view(), name="front"),
    path("status/", Status.as_view(), name="status"),
    path("offline/<int:page_id>/", TakeOffline.as_view(), name="offline"),
]
