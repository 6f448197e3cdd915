-- Lets the portal's identity read and write rows, and nothing else: it can't change the schema. Run by infra/begin.sh as an administrator who is a person.
-- sqlcmd -v portal=NAME-OF-THE-IDENTITY
IF DATABASE_PRINCIPAL_ID(N'$(portal)') IS NULL
    CREATE USER [$(portal)] FROM EXTERNAL PROVIDER;
GO
ALTER ROLE db_datareader ADD MEMBER [$(portal)];
ALTER ROLE db_datawriter ADD MEMBER [$(portal)];
GO
