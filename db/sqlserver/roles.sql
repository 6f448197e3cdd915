-- Roles of the portal's database on SQL Server. Run by its owner, once deploy.sql has run; may be run again.
-- Who is in them is yours to say: ALTER ROLE portal_application ADD MEMBER [name of the managed identity];
SET XACT_ABORT ON;
GO
IF DATABASE_PRINCIPAL_ID(N'portal_application') IS NULL CREATE ROLE portal_application;
IF DATABASE_PRINCIPAL_ID(N'portal_migration') IS NULL CREATE ROLE portal_migration;
GO
-- The policy lies in a schema of its own, which whoever migrates has and the application is not let near.
IF SCHEMA_ID(N'portal_security') IS NULL EXEC(N'CREATE SCHEMA portal_security AUTHORIZATION portal_migration');
ELSE ALTER AUTHORIZATION ON SCHEMA::portal_security TO portal_migration;
GO
-- The application: rows, and neither the schema nor what the audit trail says. That old entries go is for the trail's own triggers to let.
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO portal_application;
DENY ALTER, CONTROL, TAKE OWNERSHIP ON SCHEMA::dbo TO portal_application;
DENY ALTER ANY SECURITY POLICY TO portal_application;
DENY UPDATE ON dbo.AuditEntries TO portal_application;
DENY INSERT, UPDATE, DELETE ON dbo.[__EFMigrationsHistory] TO portal_application;
GO
-- Whoever runs "Soracom.Portal migrate", or deploy.sql and row-level-security.sql.
ALTER ROLE db_ddladmin ADD MEMBER portal_migration;
ALTER ROLE db_datareader ADD MEMBER portal_migration;
ALTER ROLE db_datawriter ADD MEMBER portal_migration;
GRANT REFERENCES ON SCHEMA::dbo TO portal_migration;
GRANT ALTER ANY SECURITY POLICY TO portal_migration;
GO
