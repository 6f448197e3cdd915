-- Lets the identity that releases are made by in, in the role that db/sqlserver/roles.sql makes: the schema, the wall between tenants, and the rows that a migration changes. Run by infra/begin.sh.
-- sqlcmd -v release=NAME-OF-THE-APPLICATION-IN-ENTRA
IF DATABASE_PRINCIPAL_ID(N'$(release)') IS NULL
    CREATE USER [$(release)] FROM EXTERNAL PROVIDER;
GO
ALTER ROLE portal_migration ADD MEMBER [$(release)];
GO
