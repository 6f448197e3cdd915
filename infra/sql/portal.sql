-- Lets the portal's identity in, in the role that db/sqlserver/roles.sql makes: rows, and neither the schema nor the words of the audit trail. Run by infra/begin.sh as an administrator who is a person.
-- sqlcmd -v portal=NAME-OF-THE-IDENTITY
IF DATABASE_PRINCIPAL_ID(N'$(portal)') IS NULL
    CREATE USER [$(portal)] FROM EXTERNAL PROVIDER;
GO
ALTER ROLE portal_application ADD MEMBER [$(portal)];
GO
