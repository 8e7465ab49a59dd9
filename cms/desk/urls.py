"""The newsroom's own screens, beside Wagtail's."""

from django.urls import path

from cms.desk.agreements.item import ItemAgreement
from cms.desk.agreements.register import Register, RegisterOfOne
from cms.desk.questions.screen import QuestionsScreen
from cms.desk.requests.from_list import RequestList
from cms.desk.requests.leaving import Leaving
from cms.desk.requests.screens import AnswerIdea, NewRequest, Requests, RequestScreen
from cms.desk.screens.accept_edit import AcceptEdit
from cms.desk.screens.answer import Answer
from cms.desk.screens.approve import Approve, ApproveSmall
from cms.desk.screens.batch import Batch
from cms.desk.screens.circle import Circle
from cms.desk.screens.emergency import SendFirst
from cms.desk.screens.front import Front
from cms.desk.screens.house_rules import HouseRules, RubricChecklist
from cms.desk.screens.log import Log
from cms.desk.screens.moment import Moment
from cms.desk.screens.offline import TakeOffline
from cms.desk.screens.send_back import SendBack
from cms.desk.screens.status import Status
from cms.desk.screens.style import StyleScreen
from cms.desk.screens.tray import Tray
from cms.desk.screens.turnaround import TurnaroundScreen

app_name = "desk"
urlpatterns = [
    path("approve/<int:page_id>/", Approve.as_view(), name="approve"),
    path("approve/", Batch.as_view(), name="batch"),
    path("approve/<int:page_id>/small/", ApproveSmall.as_view(), name="approve_small"),
    path("approve/<int:page_id>/send-back/", SendBack.as_view(), name="send_back"),
    path("accept/<int:page_id>/", AcceptEdit.as_view(), name="accept_edit"),
    path("agreements/", Register.as_view(), name="register"),
    path("agreements/<int:page_id>/", ItemAgreement.as_view(), name="agreement"),
    path("agreements/of/<int:person_id>/", RegisterOfOne.as_view(), name="register_of_one"),
    path("answer/<int:page_id>/", Answer.as_view(), name="answer"),
    path("emergency/<int:page_id>/", SendFirst.as_view(), name="emergency"),
    path("house-rules/", HouseRules.as_view(), name="house_rules"),
    path("house-rules/<int:page_id>/", RubricChecklist.as_view(), name="checklist"),
    path("log/", Log.as_view(), name="log"),
    path("tray/", Tray.as_view(), name="tray"),
    path("turnaround/", TurnaroundScreen.as_view(), name="turnaround"),
    path("moment/<int:page_id>/", Moment.as_view(), name="moment"),
    path("circle/<int:page_id>/", Circle.as_view(), name="circle"),
    path("questions/<int:page_id>/", QuestionsScreen.as_view(), name="questions"),
    path("front/", Front.as_view(), name="front"),
    path("style/", StyleScreen.as_view(), name="style"),
    path("status/", Status.as_view(), name="status"),
    path("requests/", Requests.as_view(), name="requests"),
    path("requests/new/", NewRequest.as_view(), name="new_request"),
    path("requests/list/", RequestList.as_view(), name="request_list"),
    path("requests/idea/<uuid:idea>/", AnswerIdea.as_view(), name="answer_idea"),
    path("requests/leaving/", Leaving.as_view(), name="leaving"),
    path("requests/<uuid:request_id>/", RequestScreen.as_view(), name="request"),
    path("offline/<int:page_id>/", TakeOffline.as_view(), name="offline"),
]
