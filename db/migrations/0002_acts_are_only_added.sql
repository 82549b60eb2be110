-- What was done to people's places is added to, and neither changed nor erased by the server's role.
revoke update, delete on "act" from ringside_app;
