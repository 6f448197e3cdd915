-- Lets the identity that releases are made by change the schema, and the rows that a migration changes. Run by infra/begin.sh.
-- sqlcmd -v release=NAME-OF-THE-APPLICATION-IN-ENTRA
IF DATABASE_PRINCIPAL_ID(N'$(release)') IS NULL
    CREATE USER [$(release)] FROM EXTERNAL PROVIDER;
GO
ALTER ROLE db_ddladmin ADD MEMBER [$(release)];
ALTER ROLE db_datareader ADD MEMBER [$(release)];
ALTER ROLE db_datawriter ADD MEMBER [$(release)];
GO
