CREATE TABLE "retention_actions" (
	"day" date NOT NULL,
	"customer_id" integer NOT NULL,
	"place" integer NOT NULL,
	"action" text NOT NULL,
	"channel" text NOT NULL,
	"arm" text NOT NULL,
	"gain" double precision NOT NULL,
	"gain_low" double precision,
	"gain_high" double precision,
	"spend" double precision NOT NULL,
	"chance" double precision NOT NULL,
	"value" double precision,
	"offer" text,
	"why" jsonb NOT NULL,
	"model_version" integer NOT NULL,
	CONSTRAINT "retention_actions_day_customer_id_pk" PRIMARY KEY("day","customer_id"),
	CONSTRAINT "retention_actions_arm" CHECK ("retention_actions"."arm" in ('contacted', 'control'))
);
--> statement-breakpoint
CREATE TABLE "retention_days" (
	"day" date PRIMARY KEY NOT NULL,
	"model_version" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"held" jsonb NOT NULL,
	"beliefs" jsonb NOT NULL,
	"drawn_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "retention_actions" ADD CONSTRAINT "retention_actions_day_retention_days_day_fk" FOREIGN KEY ("day") REFERENCES "public"."retention_days"("day") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_actions" ADD CONSTRAINT "retention_actions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "retention_actions_place" ON "retention_actions" USING btree ("day","place");--> statement-breakpoint
CREATE INDEX "retention_actions_customer" ON "retention_actions" USING btree ("customer_id","day");