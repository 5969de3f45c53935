ALTER TABLE "events" DROP CONSTRAINT "events_product_id_products_id_fk";
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "code" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "line_no" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "product_code" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "placement" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "position" integer;--> statement-breakpoint
CREATE UNIQUE INDEX "events_code" ON "events" USING btree ("code","line_no");