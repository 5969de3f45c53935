ALTER TABLE "products" ALTER COLUMN "price" SET DATA TYPE numeric(20, 10), ALTER COLUMN "cost" SET DATA TYPE numeric(20, 10);--> statement-breakpoint
ALTER TABLE "order_lines" ALTER COLUMN "unit_price" SET DATA TYPE numeric(20, 10), ALTER COLUMN "unit_cost" SET DATA TYPE numeric(20, 10);
