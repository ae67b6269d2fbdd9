from django.urls import path

from nhiemky.accounts.views import own, second_factor, signing_in, users

app_name = "accounts"
urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("sign-in/demo", signing_in.demo_door, name="demo_door"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("second-factor", second_factor.second_factor, name="second_factor"),
    path("second-factor/qr.svg", second_factor.second_factor_qr, name="second_factor_qr"),
    path("second-factor/codes", second_factor.codes_new, name="codes_new"),
    path("me", own.me, name="me"),
    path("me/password", own.password, name="password"),
    path("users", users.users, name="users"),
    path("users/new", users.user_new, name="user_new"),
    path("users/<int:user_id>", users.user, name="user"),
    path("users/<int:user_id>/password", users.user_password, name="user_password"),
]
