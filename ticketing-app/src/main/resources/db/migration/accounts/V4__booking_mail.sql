-- What a letter about a booking tells: title, venue, time and numbers of tickets, as JSON. Nothing of it is about a person.
alter table accounts.mails add column details text;
