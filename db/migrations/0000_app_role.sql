-- The role that requests and turns take on, so that row level security binds them. It cannot log in.
-- Where the server's own role may not create roles, an administrator runs this file's statements once beforehand.
do $$ begin
  if not exists (select from pg_roles where rolname = 'ringside_app') then
    create role ringside_app nologin;
  end if;
end $$;
--> statement-breakpoint
do $$ begin
  if not pg_has_role(current_user, 'ringside_app', 'member') then
    execute format('grant ringside_app to %I', current_user);
  end if;
end $$;
--> statement-breakpoint
grant usage on schema public to ringside_app;
--> statement-breakpoint
alter default privileges in schema public grant select, insert, update, delete on tables to ringside_app;
