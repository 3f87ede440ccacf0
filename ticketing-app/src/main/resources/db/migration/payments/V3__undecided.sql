-- Money that went back by hand, until it is said what it was for. (What was noticed before this column is known to the checkout.)
ALTER TABLE payments.refunds ADD COLUMN undecided boolean NOT NULL DEFAULT false;
