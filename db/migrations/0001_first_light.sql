CREATE TABLE "account" (
	"organisation_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"account" text NOT NULL,
	"person_id" text,
	"name" text NOT NULL,
	"email" text,
	"kind" text NOT NULL,
	"active" boolean NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_organisation_id_connection_id_account_pk" PRIMARY KEY("organisation_id","connection_id","account")
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "act" (
	"organisation_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "act_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"item_id" text NOT NULL,
	"link_id" text NOT NULL,
	"person_id" text,
	"move" text NOT NULL,
	"phase" text NOT NULL,
	"reason" text NOT NULL,
	"by_id" text,
	"code" text,
	"why" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "act_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "act" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "answered" (
	"organisation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"status" integer NOT NULL,
	"body" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answered_organisation_id_person_id_key_pk" PRIMARY KEY("organisation_id","person_id","key")
);
--> statement-breakpoint
ALTER TABLE "answered" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "connection" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"platform" text NOT NULL,
	"workspace" text NOT NULL,
	"title" text NOT NULL,
	"app_account" text,
	"state" text NOT NULL,
	"why" text,
	CONSTRAINT "connection_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "connection" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evidence" (
	"organisation_id" text NOT NULL,
	"link_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "evidence_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"person_id" text,
	"account" text,
	"by_account" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "evidence_organisation_id_link_id_id_pk" PRIMARY KEY("organisation_id","link_id","id")
);
--> statement-breakpoint
ALTER TABLE "evidence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inbox" (
	"organisation_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"news" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"outcome" text,
	CONSTRAINT "inbox_organisation_id_connection_id_delivery_id_pk" PRIMARY KEY("organisation_id","connection_id","delivery_id")
);
--> statement-breakpoint
ALTER TABLE "inbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "item" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"type" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"stage" text NOT NULL,
	"amount" bigint,
	"currency" text,
	"responsible_id" text,
	"revision" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "item_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "item_change" (
	"organisation_id" text NOT NULL,
	"item_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "item_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"revision" integer NOT NULL,
	"what" text NOT NULL,
	"person_id" text,
	"by_id" text,
	"how" text NOT NULL,
	"before" text,
	"after" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "item_change_organisation_id_item_id_id_pk" PRIMARY KEY("organisation_id","item_id","id")
);
--> statement-breakpoint
ALTER TABLE "item_change" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "link" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"item_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"platform" text NOT NULL,
	"operation" text NOT NULL,
	"name" text NOT NULL,
	"topic" text NOT NULL,
	"state" text NOT NULL,
	"chat" text,
	"url" text,
	"why" text,
	"opened_by" text,
	"news" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"quiet" integer DEFAULT 0 NOT NULL,
	"crm_revision" bigint,
	"held_removals" jsonb,
	"allowed_removals" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "link_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification" (
	"organisation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "notification_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"by_id" text,
	"item_id" text,
	"chat_id" text,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "notification_organisation_id_person_id_id_pk" PRIMARY KEY("organisation_id","person_id","id")
);
--> statement-breakpoint
ALTER TABLE "notification" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "observer" (
	"organisation_id" text NOT NULL,
	"item_id" text NOT NULL,
	"person_id" text NOT NULL,
	"added_by" text,
	"how" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "observer_organisation_id_item_id_person_id_pk" PRIMARY KEY("organisation_id","item_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "observer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organisation" (
	"organisation_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"discuss_in" text DEFAULT 'web' NOT NULL,
	"policy" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"title" text,
	"active" boolean DEFAULT true NOT NULL,
	"unreadable_types" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "person_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "seat" (
	"organisation_id" text NOT NULL,
	"link_id" text NOT NULL,
	"person_id" text NOT NULL,
	"settled" boolean NOT NULL,
	"listed" boolean NOT NULL,
	"responsible" boolean NOT NULL,
	"in_chat" boolean NOT NULL,
	"past" text NOT NULL,
	"doubted" jsonb NOT NULL,
	"refused" jsonb,
	"admit_until" timestamp (3) with time zone,
	"expel_until" timestamp (3) with time zone,
	"list_until" timestamp (3) with time zone,
	"list_revision" bigint,
	CONSTRAINT "seat_organisation_id_link_id_person_id_pk" PRIMARY KEY("organisation_id","link_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "seat" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session" (
	"organisation_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"person_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "session_organisation_id_token_hash_pk" PRIMARY KEY("organisation_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_chat" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"operation" text NOT NULL,
	"name" text NOT NULL,
	"next_seq" integer DEFAULT 1 NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "web_chat_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "web_chat" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_mark" (
	"organisation_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"read_seq" integer DEFAULT 0 NOT NULL,
	"muted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "web_mark_organisation_id_chat_id_person_id_pk" PRIMARY KEY("organisation_id","chat_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "web_mark" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_message" (
	"organisation_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"seq" integer NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"author_id" text,
	"text" text NOT NULL,
	"people" text[] DEFAULT '{}' NOT NULL,
	"client_key" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "web_message_organisation_id_chat_id_seq_pk" PRIMARY KEY("organisation_id","chat_id","seq")
);
--> statement-breakpoint
ALTER TABLE "web_message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "web_window" (
	"organisation_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"from_seq" integer NOT NULL,
	"to_seq" integer,
	"since" timestamp (3) with time zone NOT NULL,
	"added_by" text,
	CONSTRAINT "web_window_organisation_id_chat_id_person_id_since_pk" PRIMARY KEY("organisation_id","chat_id","person_id","since")
);
--> statement-breakpoint
ALTER TABLE "web_window" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "observer" ADD CONSTRAINT "observer_organisation_id_item_id_item_organisation_id_id_fk" FOREIGN KEY ("organisation_id","item_id") REFERENCES "public"."item"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat" ADD CONSTRAINT "seat_organisation_id_link_id_link_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."link"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_person" ON "account" USING btree ("organisation_id","connection_id","person_id");--> statement-breakpoint
CREATE INDEX "act_seat" ON "act" USING btree ("organisation_id","item_id","person_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_workspace" ON "connection" USING btree ("platform","workspace");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "item_number" ON "item" USING btree ("organisation_id","type","number");--> statement-breakpoint
CREATE INDEX "item_updated" ON "item" USING btree ("organisation_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "item_responsible" ON "item" USING btree ("organisation_id","responsible_id");--> statement-breakpoint
CREATE UNIQUE INDEX "link_item" ON "link" USING btree ("organisation_id","item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "link_chat" ON "link" USING btree ("organisation_id","connection_id","chat");--> statement-breakpoint
CREATE INDEX "link_due" ON "link" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "observer_person" ON "observer" USING btree ("organisation_id","person_id","item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("organisation_id","email");--> statement-breakpoint
CREATE UNIQUE INDEX "session_token" ON "session" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "web_chat_operation" ON "web_chat" USING btree ("organisation_id","operation");--> statement-breakpoint
CREATE UNIQUE INDEX "web_message_key" ON "web_message" USING btree ("organisation_id","chat_id","author_id","client_key");--> statement-breakpoint
CREATE UNIQUE INDEX "web_window_open" ON "web_window" USING btree ("organisation_id","chat_id","person_id") WHERE to_seq is null;--> statement-breakpoint
CREATE INDEX "web_window_person" ON "web_window" USING btree ("organisation_id","person_id");--> statement-breakpoint
CREATE POLICY "own_organisation" ON "account" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "act" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "answered" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "connection" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "evidence" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "inbox" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "item" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "item_change" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "link" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "notification" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "observer" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "organisation" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "person" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "seat" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "session" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_chat" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_mark" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_message" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));--> statement-breakpoint
CREATE POLICY "own_organisation" ON "web_window" AS PERMISSIVE FOR ALL TO "ringside_app" USING (organisation_id = nullif(current_setting('app.organisation', true), '')) WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), ''));