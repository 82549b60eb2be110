CREATE TABLE "group_action" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"action" text NOT NULL,
	"by_id" text NOT NULL,
	"people" text[] NOT NULL,
	"from_id" text,
	"selection" jsonb NOT NULL,
	"state" text NOT NULL,
	"stop_asked" boolean DEFAULT false NOT NULL,
	"why" text,
	"cursor" text,
	"total" integer NOT NULL,
	"looked" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"untouched" integer DEFAULT 0 NOT NULL,
	"tally" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"due_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "group_action_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "group_action" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "group_refusal" (
	"organisation_id" text NOT NULL,
	"action_id" text NOT NULL,
	"item_id" text NOT NULL,
	"person_id" text NOT NULL,
	"type" text,
	"code" text NOT NULL,
	CONSTRAINT "group_refusal_organisation_id_action_id_item_id_person_id_pk" PRIMARY KEY("organisation_id","action_id","item_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "group_refusal" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_account" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_account_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "sign_in_account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_state" (
	"organisation_id" text DEFAULT '' NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_state_organisation_id_key_pk" PRIMARY KEY("organisation_id","key")
);
--> statement-breakpoint
ALTER TABLE "sign_in_state" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_user" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_user_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "sign_in_user" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_file" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"chat_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"seq" integer,
	"place" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"type" text,
	"width" integer,
	"height" integer,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "web_file_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "web_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_file_part" (
	"organisation_id" text NOT NULL,
	"file_id" text NOT NULL,
	"place" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "web_file_part_organisation_id_file_id_place_pk" PRIMARY KEY("organisation_id","file_id","place")
);
--> statement-breakpoint
ALTER TABLE "web_file_part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_reaction" (
	"organisation_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"seq" integer NOT NULL,
	"emoji" text NOT NULL,
	"person_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "web_reaction_organisation_id_chat_id_seq_emoji_person_id_pk" PRIMARY KEY("organisation_id","chat_id","seq","emoji","person_id")
);
--> statement-breakpoint
ALTER TABLE "web_reaction" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "item_responsible";--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "group_action_id" text;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "seq" integer;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "entitlement" jsonb DEFAULT '{"observers":"on","typesOff":[]}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "web_chat" ADD COLUMN "image_id" text;--> statement-breakpoint
ALTER TABLE "web_message" ADD COLUMN "reply_to" integer;--> statement-breakpoint
ALTER TABLE "web_message" ADD COLUMN "mentions" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "web_message" ADD COLUMN "edited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "web_message" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "group_refusal" ADD CONSTRAINT "group_refusal_organisation_id_action_id_group_action_organisation_id_id_fk" FOREIGN KEY ("organisation_id","action_id") REFERENCES "public"."group_action"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_file_part" ADD CONSTRAINT "web_file_part_organisation_id_file_id_web_file_organisation_id_id_fk" FOREIGN KEY ("organisation_id","file_id") REFERENCES "public"."web_file"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "web_reaction" ADD CONSTRAINT "web_reaction_organisation_id_chat_id_seq_web_message_organisation_id_chat_id_seq_fk" FOREIGN KEY ("organisation_id","chat_id","seq") REFERENCES "public"."web_message"("organisation_id","chat_id","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "group_action_due" ON "group_action" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "group_action_by" ON "group_action" USING btree ("organisation_id","by_id","created_at");--> statement-breakpoint
CREATE INDEX "sign_in_account_user" ON "sign_in_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_state_expires" ON "sign_in_state" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_user_id" ON "sign_in_user" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_user_email" ON "sign_in_user" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_user_person" ON "sign_in_user" USING btree ("organisation_id","person_id");--> statement-breakpoint
CREATE INDEX "web_file_message" ON "web_file" USING btree ("organisation_id","chat_id","seq");--> statement-breakpoint
CREATE INDEX "web_file_owner" ON "web_file" USING btree ("organisation_id","owner_id","seq");--> statement-breakpoint
CREATE INDEX "inbox_failed" ON "inbox" USING btree ("organisation_id","received_at","delivery_id") WHERE outcome like 'failed: %';--> statement-breakpoint
CREATE INDEX "link_group_action" ON "link" USING btree ("organisation_id","group_action_id");--> statement-breakpoint
CREATE INDEX "link_held" ON "link" USING btree ("organisation_id","id") WHERE held_removals is not null and allowed_removals is null;--> statement-breakpoint
CREATE INDEX "link_stuck" ON "link" USING btree ("organisation_id","id") WHERE state in ('unreachable', 'closed', 'public');--> statement-breakpoint
CREATE INDEX "notification_untold" ON "notification" USING btree ("organisation_id","id") WHERE read_at is null and (told like 'unreached: %' or told like 'refused: %' or told like 'perhaps told: %');--> statement-breakpoint
CREATE INDEX "seat_refused" ON "seat" USING btree ("organisation_id","person_id","link_id") WHERE refused is not null;--> statement-breakpoint
CREATE INDEX "seat_waiting" ON "seat" USING btree ("organisation_id","person_id","link_id") WHERE refused is null and ((listed and not in_chat and not settled) or (in_chat and not listed and settled));--> statement-breakpoint
CREATE INDEX "item_responsible" ON "item" USING btree ("organisation_id","responsible_id","id");--> statement-breakpoint
CREATE POLICY "own_organisation" ON "group_action" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "group_refusal" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "sign_in_account" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "sign_in_state" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "sign_in_user" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_file" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_file_part" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_reaction" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));