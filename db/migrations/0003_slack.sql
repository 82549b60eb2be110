CREATE TABLE "access_request" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"item_id" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "access_request_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "access_request" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "install_state" (
	"organisation_id" text NOT NULL,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"platform" text NOT NULL,
	"person_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "install_state_organisation_id_state_hash_pk" PRIMARY KEY("organisation_id","state_hash")
);
--> statement-breakpoint
ALTER TABLE "install_state" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "installation" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"platform" text NOT NULL,
	"scope" text NOT NULL,
	"target" text NOT NULL,
	"title" text NOT NULL,
	"app" text NOT NULL,
	"app_account" text NOT NULL,
	"scopes" text[] NOT NULL,
	"installed_by" text,
	"installed_at" timestamp (3) with time zone NOT NULL,
	"token" text,
	"refresh_token" text,
	"expires_at" timestamp (3) with time zone,
	"renewing_until" timestamp (3) with time zone,
	"state" text NOT NULL,
	"why" text,
	CONSTRAINT "installation_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "installation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pace" (
	"organisation_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"method" text NOT NULL,
	"made" bigint[] DEFAULT '{}' NOT NULL,
	"reserved" bigint[] DEFAULT '{}' NOT NULL,
	"not_before" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "pace_organisation_id_connection_id_method_pk" PRIMARY KEY("organisation_id","connection_id","method")
);
--> statement-breakpoint
ALTER TABLE "pace" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pace_ticket" (
	"organisation_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"holder" text NOT NULL,
	"costs" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "pace_ticket_organisation_id_connection_id_holder_pk" PRIMARY KEY("organisation_id","connection_id","holder")
);
--> statement-breakpoint
ALTER TABLE "pace_ticket" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "past_chat" (
	"organisation_id" text NOT NULL,
	"link_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"chat" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"shown" jsonb,
	"told" boolean DEFAULT false NOT NULL,
	CONSTRAINT "past_chat_organisation_id_link_id_chat_pk" PRIMARY KEY("organisation_id","link_id","chat")
);
--> statement-breakpoint
ALTER TABLE "past_chat" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "installation_id" text;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "probe" jsonb;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "members" jsonb;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "members_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "shown" jsonb;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "shown_hash" text;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "showing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "unshown" jsonb;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "given_name" text;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "wished_name" text;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "renamed_to" text;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "fed_to" bigint;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "tell_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "told" text;--> statement-breakpoint
CREATE UNIQUE INDEX "access_request_person" ON "access_request" USING btree ("organisation_id","item_id","person_id");--> statement-breakpoint
CREATE INDEX "access_request_asked" ON "access_request" USING btree ("organisation_id","person_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "install_state_hash" ON "install_state" USING btree ("state_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "installation_target" ON "installation" USING btree ("platform","target");--> statement-breakpoint
CREATE UNIQUE INDEX "past_chat_chat" ON "past_chat" USING btree ("organisation_id","connection_id","chat");--> statement-breakpoint
CREATE INDEX "notification_tell" ON "notification" USING btree ("tell_at");--> statement-breakpoint
CREATE POLICY "own_organisation" ON "access_request" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "install_state" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "installation" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "pace" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "pace_ticket" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "past_chat" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));