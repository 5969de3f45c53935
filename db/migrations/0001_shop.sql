CREATE TABLE "shop" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"currency" text,
	CONSTRAINT "shop_one_row" CHECK ("shop"."id" = 1)
);