from django.urls import path

from nhiemky.core import views

app_name = "core"
urlpatterns = [path("dev/kit", views.kit, name="kit")]
