#!/bin/sh
# Run once by the image's own entry point: the apps' role and the database that it owns.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/spring.r2dbc.password)" <<'SQL'
create role onsale_app login password :'password';
create database onsale owner onsale_app;
SQL
