CREATE TABLE "forgotten_customers" (
	"digest" text PRIMARY KEY NOT NULL,
	"forgotten_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "customers" ALTER COLUMN "code" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "rewrites" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "shop" ADD COLUMN "forgotten_key" text;