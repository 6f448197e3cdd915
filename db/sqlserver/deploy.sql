-- Made of the migrations; see README.md.
EXEC sys.sp_set_session_context @key = N'portal.installation', @value = 1, @read_only = 1;
GO

IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [AuditEntries] (
        [Id] bigint NOT NULL IDENTITY,
        [At] datetimeoffset NOT NULL,
        [TenantId] uniqueidentifier NULL,
        [ActorId] uniqueidentifier NULL,
        [ActorName] nvarchar(200) NOT NULL,
        [SessionId] uniqueidentifier NULL,
        [Address] nvarchar(64) NULL,
        [Action] nvarchar(64) NOT NULL,
        [ObjectId] nvarchar(200) NULL,
        [ObjectName] nvarchar(200) NULL,
        [Outcome] nvarchar(32) NOT NULL,
        [RequestId] nvarchar(64) NULL,
        [Detail] nvarchar(2000) NULL,
        CONSTRAINT [PK_AuditEntries] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [KeyRing] (
        [Id] int NOT NULL IDENTITY,
        [Name] nvarchar(200) NOT NULL,
        [Xml] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_KeyRing] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [People] (
        [Id] uniqueidentifier NOT NULL,
        [Issuer] nvarchar(512) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Subject] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(200) NOT NULL,
        [Email] nvarchar(320) NULL,
        [Language] nvarchar(8) NULL,
        [FirstSeenAt] datetimeoffset NOT NULL,
        [LastSignInAt] datetimeoffset NULL,
        CONSTRAINT [PK_People] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [Resellers] (
        [Id] uniqueidentifier NOT NULL,
        [Slug] nvarchar(63) NOT NULL,
        [Name] nvarchar(200) NOT NULL,
        CONSTRAINT [PK_Resellers] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [SignInSessions] (
        [Id] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [StartedAt] datetimeoffset NOT NULL,
        [LastUsedAt] datetimeoffset NOT NULL,
        [ExpiresAt] datetimeoffset NOT NULL,
        [EndedAt] datetimeoffset NULL,
        [Address] nvarchar(64) NULL,
        [UserAgent] nvarchar(200) NULL,
        CONSTRAINT [PK_SignInSessions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_SignInSessions_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [ResellerAdministrators] (
        [ResellerId] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [AddedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_ResellerAdministrators] PRIMARY KEY ([ResellerId], [PersonId]),
        CONSTRAINT [FK_ResellerAdministrators_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_ResellerAdministrators_Resellers_ResellerId] FOREIGN KEY ([ResellerId]) REFERENCES [Resellers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [Tenants] (
        [Id] uniqueidentifier NOT NULL,
        [ResellerId] uniqueidentifier NULL,
        [Slug] nvarchar(63) NOT NULL,
        [Name] nvarchar(200) NOT NULL,
        [TimeZone] nvarchar(64) NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_Tenants] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Tenants_Resellers_ResellerId] FOREIGN KEY ([ResellerId]) REFERENCES [Resellers] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [TenantDataKeys] (
        [TenantId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Wrapped] varbinary(max) NULL,
        [Revision] int NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        [RetiredAt] datetimeoffset NULL,
        CONSTRAINT [PK_TenantDataKeys] PRIMARY KEY ([TenantId], [Number]),
        CONSTRAINT [FK_TenantDataKeys_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [TenantMembers] (
        [TenantId] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [TenantId1] uniqueidentifier NULL,
        [Role] nvarchar(32) NOT NULL,
        [AddedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_TenantMembers] PRIMARY KEY ([TenantId], [PersonId]),
        CONSTRAINT [FK_TenantMembers_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_TenantMembers_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_TenantMembers_Tenants_TenantId1] FOREIGN KEY ([TenantId1]) REFERENCES [Tenants] ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE TABLE [VendorCredentials] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [Kind] nvarchar(32) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Sealed] varbinary(max) NOT NULL,
        [Version] int NOT NULL,
        [StoredBy] nvarchar(200) NOT NULL,
        [StoredAt] datetimeoffset NOT NULL,
        [LastUsedAt] datetimeoffset NULL,
        [LastResult] nvarchar(32) NULL,
        CONSTRAINT [PK_VendorCredentials] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_VendorCredentials_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_ActorId_Id] ON [AuditEntries] ([ActorId], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_TenantId_Id] ON [AuditEntries] ([TenantId], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_People_Issuer_Subject] ON [People] ([Issuer], [Subject]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_ResellerAdministrators_PersonId] ON [ResellerAdministrators] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Resellers_Slug] ON [Resellers] ([Slug]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_SignInSessions_PersonId] ON [SignInSessions] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_TenantMembers_PersonId] ON [TenantMembers] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_TenantMembers_TenantId1] ON [TenantMembers] ([TenantId1]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE INDEX [IX_Tenants_ResellerId] ON [Tenants] ([ResellerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Tenants_Slug] ON [Tenants] ([Slug]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_VendorCredentials_TenantId_Coverage] ON [VendorCredentials] ([TenantId], [Coverage]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    EXEC(N'CREATE TRIGGER AuditEntries_AppendOnly ON AuditEntries INSTEAD OF UPDATE, DELETE AS THROW 50001, ''Audit entries are never changed or removed.'', 1;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261120174319_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261120174319_Initial', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121151748_AddKeyRingSignature'
)
BEGIN
    ALTER TABLE [KeyRing] ADD [Signature] varbinary(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121151748_AddKeyRingSignature'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261121151748_AddKeyRingSignature', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121155512_AddSimInventory'
)
BEGIN
    CREATE TABLE [InventorySims] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [SimId] nvarchar(64) NOT NULL,
        [ReadAt] datetimeoffset NOT NULL,
        [Walk] int NOT NULL,
        [ChangeNumber] bigint NOT NULL,
        [GoneAt] datetimeoffset NULL,
        [Name] nvarchar(max) NOT NULL,
        [Tags] nvarchar(max) NOT NULL,
        [Iccids] nvarchar(max) NOT NULL,
        [Imsis] nvarchar(max) NOT NULL,
        [Msisdns] nvarchar(max) NOT NULL,
        [Subscriptions] nvarchar(max) NOT NULL,
        [Imei] nvarchar(max) NOT NULL,
        [SerialNumber] nvarchar(max) NOT NULL,
        [GroupId] nvarchar(max) NOT NULL,
        [GroupName] nvarchar(max) NOT NULL,
        [Status] nvarchar(max) NOT NULL,
        [SpeedClass] nvarchar(max) NOT NULL,
        [ModuleType] nvarchar(max) NOT NULL,
        [Online] bit NOT NULL,
        [SessionId] nvarchar(max) NOT NULL,
        [IpAddress] nvarchar(max) NOT NULL,
        [Cell] nvarchar(max) NOT NULL,
        [LastHeardAt] datetimeoffset NULL,
        [ExpiresAt] datetimeoffset NULL,
        [ExpiryAction] nvarchar(max) NOT NULL,
        [TerminationEnabled] bit NOT NULL,
        [ImeiLock] nvarchar(max) NOT NULL,
        [CreatedAt] datetimeoffset NULL,
        [ModifiedAt] datetimeoffset NULL,
        CONSTRAINT [PK_InventorySims] PRIMARY KEY ([TenantId], [Coverage], [SimId]),
        CONSTRAINT [FK_InventorySims_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121155512_AddSimInventory'
)
BEGIN
    CREATE TABLE [SimInventories] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [Id] uniqueidentifier NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [ChangeNumber] bigint NOT NULL,
        [Walk] int NOT NULL,
        [WalkStartedAt] datetimeoffset NULL,
        [NextKey] nvarchar(max) NULL,
        [Seen] int NOT NULL,
        [CompleteAsOf] datetimeoffset NULL,
        [CompletedAt] datetimeoffset NULL,
        [FailedAt] datetimeoffset NULL,
        [Failure] nvarchar(32) NULL,
        [NotBefore] datetimeoffset NULL,
        [Holder] uniqueidentifier NULL,
        [HeldUntil] datetimeoffset NULL,
        CONSTRAINT [PK_SimInventories] PRIMARY KEY ([TenantId], [Coverage]),
        CONSTRAINT [FK_SimInventories_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121155512_AddSimInventory'
)
BEGIN
    CREATE INDEX [IX_InventorySims_TenantId_Coverage_ChangeNumber] ON [InventorySims] ([TenantId], [Coverage], [ChangeNumber]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121155512_AddSimInventory'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261121155512_AddSimInventory', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121184034_AddSimJobs'
)
BEGIN
    CREATE TABLE [SimJobItems] (
        [TenantId] uniqueidentifier NOT NULL,
        [JobId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Line] int NULL,
        [SimId] nvarchar(64) NOT NULL,
        [SimName] nvarchar(max) NOT NULL,
        [Change] nvarchar(max) NULL,
        [State] nvarchar(32) NOT NULL,
        [Before] nvarchar(max) NOT NULL,
        [After] nvarchar(max) NOT NULL,
        [Undo] nvarchar(max) NULL,
        [Reason] nvarchar(64) NULL,
        [Detail] nvarchar(max) NULL,
        [At] datetimeoffset NULL,
        CONSTRAINT [PK_SimJobItems] PRIMARY KEY ([TenantId], [JobId], [Number]),
        CONSTRAINT [FK_SimJobItems_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121184034_AddSimJobs'
)
BEGIN
    CREATE TABLE [SimJobs] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Source] nvarchar(32) NOT NULL,
        [FileName] nvarchar(200) NULL,
        [Change] nvarchar(max) NULL,
        [Actions] nvarchar(max) NOT NULL,
        [Needs] nvarchar(max) NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [OwnerId] uniqueidentifier NOT NULL,
        [OwnerName] nvarchar(200) NOT NULL,
        [Language] nvarchar(8) NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        [AsOf] datetimeoffset NULL,
        [StartedAt] datetimeoffset NULL,
        [RunningSince] datetimeoffset NULL,
        [SettledBefore] int NOT NULL,
        [FinishedAt] datetimeoffset NULL,
        [Trouble] nvarchar(64) NULL,
        [NotBefore] datetimeoffset NULL,
        [Tries] int NOT NULL,
        [Total] int NOT NULL,
        [Waiting] int NOT NULL,
        [Sending] int NOT NULL,
        [Done] int NOT NULL,
        [Already] int NOT NULL,
        [Refused] int NOT NULL,
        [Failed] int NOT NULL,
        [Unknown] int NOT NULL,
        [Skipped] int NOT NULL,
        [Holder] uniqueidentifier NULL,
        [HeldUntil] datetimeoffset NULL,
        CONSTRAINT [PK_SimJobs] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_SimJobs_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121184034_AddSimJobs'
)
BEGIN
    CREATE INDEX [IX_SimJobItems_TenantId_JobId_State_Number] ON [SimJobItems] ([TenantId], [JobId], [State], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121184034_AddSimJobs'
)
BEGIN
    CREATE INDEX [IX_SimJobs_State] ON [SimJobs] ([State]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121184034_AddSimJobs'
)
BEGIN
    CREATE INDEX [IX_SimJobs_TenantId_Number] ON [SimJobs] ([TenantId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121184034_AddSimJobs'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261121184034_AddSimJobs', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121194754_AddSimDiagnoses'
)
BEGIN
    CREATE TABLE [SimDiagnoses] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [SimId] nvarchar(64) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [DiagnosticId] nvarchar(64) NOT NULL,
        [RequestedAt] datetimeoffset NOT NULL,
        [RequestedBy] nvarchar(200) NOT NULL,
        [From] datetimeoffset NOT NULL,
        [To] datetimeoffset NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [Insights] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_SimDiagnoses] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_SimDiagnoses_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121194754_AddSimDiagnoses'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_TenantId_ObjectId_Id] ON [AuditEntries] ([TenantId], [ObjectId], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121194754_AddSimDiagnoses'
)
BEGIN
    CREATE INDEX [IX_SimDiagnoses_TenantId_Coverage_SimId_RequestedAt] ON [SimDiagnoses] ([TenantId], [Coverage], [SimId], [RequestedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121194754_AddSimDiagnoses'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261121194754_AddSimDiagnoses', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121213813_AddSavedViews'
)
BEGIN
    CREATE TABLE [SavedViews] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [List] nvarchar(32) NOT NULL,
        [OwnerId] uniqueidentifier NOT NULL,
        [Name] nvarchar(100) NOT NULL,
        [Query] nvarchar(4000) NOT NULL,
        [IsShared] bit NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_SavedViews] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_SavedViews_People_OwnerId] FOREIGN KEY ([OwnerId]) REFERENCES [People] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_SavedViews_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121213813_AddSavedViews'
)
BEGIN
    CREATE INDEX [IX_SavedViews_OwnerId] ON [SavedViews] ([OwnerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121213813_AddSavedViews'
)
BEGIN
    CREATE INDEX [IX_SavedViews_TenantId_List_OwnerId] ON [SavedViews] ([TenantId], [List], [OwnerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261121213813_AddSavedViews'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261121213813_AddSavedViews', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    DECLARE @var nvarchar(max);
    SELECT @var = QUOTENAME([d].[name])
    FROM [sys].[default_constraints] [d]
    INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
    WHERE ([d].[parent_object_id] = OBJECT_ID(N'[InventorySims]') AND [c].[name] = N'Status');
    IF @var IS NOT NULL EXEC(N'ALTER TABLE [InventorySims] DROP CONSTRAINT ' + @var + ';');
    ALTER TABLE [InventorySims] ALTER COLUMN [Status] nvarchar(32) NOT NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    DECLARE @var1 nvarchar(max);
    SELECT @var1 = QUOTENAME([d].[name])
    FROM [sys].[default_constraints] [d]
    INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
    WHERE ([d].[parent_object_id] = OBJECT_ID(N'[InventorySims]') AND [c].[name] = N'GroupId');
    IF @var1 IS NOT NULL EXEC(N'ALTER TABLE [InventorySims] DROP CONSTRAINT ' + @var1 + ';');
    ALTER TABLE [InventorySims] ALTER COLUMN [GroupId] nvarchar(64) NOT NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE TABLE [ArchiveKeys] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Version] int NOT NULL,
        [Sealed] varbinary(max) NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_ArchiveKeys] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ArchiveKeys_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE TABLE [GroupDrafts] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [GroupId] nvarchar(64) NOT NULL,
        [OwnerId] uniqueidentifier NOT NULL,
        [BaseNumber] int NOT NULL,
        [Origin] nvarchar(32) NOT NULL,
        [Source] nvarchar(64) NULL,
        [Sealed] varbinary(max) NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_GroupDrafts] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_GroupDrafts_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE TABLE [GroupRevisions] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [GroupId] nvarchar(64) NOT NULL,
        [Number] int NOT NULL,
        [SeenAt] datetimeoffset NOT NULL,
        [ModifiedAt] datetimeoffset NULL,
        [Origin] nvarchar(32) NOT NULL,
        [ById] uniqueidentifier NULL,
        [ByName] nvarchar(200) NULL,
        [Source] nvarchar(64) NULL,
        [Sealed] varbinary(max) NOT NULL,
        CONSTRAINT [PK_GroupRevisions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_GroupRevisions_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE TABLE [InventoryGroups] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [GroupId] nvarchar(64) NOT NULL,
        [ReadAt] datetimeoffset NOT NULL,
        [GoneAt] datetimeoffset NULL,
        [Name] nvarchar(max) NOT NULL,
        [Tags] nvarchar(max) NOT NULL,
        [Namespaces] nvarchar(max) NOT NULL,
        [CreatedAt] datetimeoffset NULL,
        [ModifiedAt] datetimeoffset NULL,
        [WrittenAt] datetimeoffset NULL,
        [WrittenBy] nvarchar(200) NULL,
        [Digest] varbinary(max) NOT NULL,
        CONSTRAINT [PK_InventoryGroups] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [GroupId]),
        CONSTRAINT [FK_InventoryGroups_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ArchiveKeys_TenantId] ON [ArchiveKeys] ([TenantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE UNIQUE INDEX [IX_GroupDrafts_TenantId_Coverage_OperatorId_GroupId_OwnerId] ON [GroupDrafts] ([TenantId], [Coverage], [OperatorId], [GroupId], [OwnerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    CREATE UNIQUE INDEX [IX_GroupRevisions_TenantId_Coverage_OperatorId_GroupId_Number] ON [GroupRevisions] ([TenantId], [Coverage], [OperatorId], [GroupId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122010656_AddGroups'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122010656_AddGroups', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122045957_AddGroupWriting'
)
BEGIN
    ALTER TABLE [GroupDrafts] ADD [WritingSince] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122045957_AddGroupWriting'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122045957_AddGroupWriting', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054250_AddFootageExports'
)
BEGIN
    CREATE TABLE [FootageExports] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [DeviceId] nvarchar(64) NOT NULL,
        [CameraName] nvarchar(max) NOT NULL,
        [From] datetimeoffset NOT NULL,
        [To] datetimeoffset NOT NULL,
        [Kind] nvarchar(32) NOT NULL,
        [Archive] bit NOT NULL,
        [AudioCodec] nvarchar(64) NOT NULL,
        [WideAngle] bit NOT NULL,
        [EverySeconds] int NULL,
        [HarvestFolder] nvarchar(500) NULL,
        [Reason] nvarchar(500) NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [OwnerId] uniqueidentifier NOT NULL,
        [OwnerName] nvarchar(200) NOT NULL,
        [Language] nvarchar(8) NOT NULL,
        [CreatedAt] datetimeoffset NOT NULL,
        [FinishedAt] datetimeoffset NULL,
        [RemovedAt] datetimeoffset NULL,
        [Trouble] nvarchar(64) NULL,
        [NotBefore] datetimeoffset NULL,
        [Tries] int NOT NULL,
        [Holder] uniqueidentifier NULL,
        [HeldUntil] datetimeoffset NULL,
        CONSTRAINT [PK_FootageExports] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_FootageExports_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054250_AddFootageExports'
)
BEGIN
    CREATE TABLE [FootagePieces] (
        [TenantId] uniqueidentifier NOT NULL,
        [ExportId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [From] datetimeoffset NOT NULL,
        [To] datetimeoffset NOT NULL,
        [Cost] bigint NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [VendorId] nvarchar(64) NULL,
        [AskedAt] datetimeoffset NULL,
        [Asked] int NOT NULL,
        [IsCharged] bit NOT NULL,
        [Charged] bigint NOT NULL,
        [FileId] uniqueidentifier NULL,
        [FileKey] varbinary(max) NULL,
        [Length] bigint NULL,
        [Sha256] nvarchar(64) NULL,
        [Crc32] bigint NULL,
        [Reason] nvarchar(64) NULL,
        [At] datetimeoffset NULL,
        CONSTRAINT [PK_FootagePieces] PRIMARY KEY ([TenantId], [ExportId], [Number]),
        CONSTRAINT [FK_FootagePieces_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054250_AddFootageExports'
)
BEGIN
    CREATE INDEX [IX_FootageExports_State] ON [FootageExports] ([State]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054250_AddFootageExports'
)
BEGIN
    CREATE UNIQUE INDEX [IX_FootageExports_TenantId_Number] ON [FootageExports] ([TenantId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054250_AddFootageExports'
)
BEGIN
    CREATE INDEX [IX_FootagePieces_TenantId_ExportId_State_Number] ON [FootagePieces] ([TenantId], [ExportId], [State], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122054250_AddFootageExports'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122054250_AddFootageExports', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122074427_AddFootageRules'
)
BEGIN
    ALTER TABLE [FootageExports] ADD [RequestedBy] nvarchar(200) NOT NULL DEFAULT N'';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122074427_AddFootageRules'
)
BEGIN
    CREATE TABLE [FootageRules] (
        [TenantId] uniqueidentifier NOT NULL,
        [ReasonRequired] bit NOT NULL,
        [KeepDays] int NULL,
        CONSTRAINT [PK_FootageRules] PRIMARY KEY ([TenantId]),
        CONSTRAINT [FK_FootageRules_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122074427_AddFootageRules'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122074427_AddFootageRules', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122105559_AddRemoteAccess'
)
BEGIN
    CREATE TABLE [RemoteAccessPolicies] (
        [TenantId] uniqueidentifier NOT NULL,
        [DevicePorts] nvarchar(500) NOT NULL,
        [LongestMinutes] int NOT NULL,
        [TlsRequired] bit NOT NULL,
        [SourceRule] nvarchar(32) NOT NULL,
        [SourceRanges] nvarchar(400) NOT NULL,
        [ReasonRequired] bit NOT NULL,
        [TicketRequired] bit NOT NULL,
        [TicketPattern] nvarchar(200) NOT NULL,
        [Openers] nvarchar(max) NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [ChangedBy] nvarchar(200) NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_RemoteAccessPolicies] PRIMARY KEY ([TenantId]),
        CONSTRAINT [FK_RemoteAccessPolicies_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122105559_AddRemoteAccess'
)
BEGIN
    CREATE TABLE [RemoteDoors] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [SimId] nvarchar(64) NOT NULL,
        [Imsi] nvarchar(64) NOT NULL,
        [SimName] nvarchar(max) NOT NULL,
        [DevicePort] int NOT NULL,
        [Service] nvarchar(8) NOT NULL,
        [Tls] bit NOT NULL,
        [SourceRanges] nvarchar(400) NOT NULL,
        [DurationSeconds] int NOT NULL,
        [Reason] nvarchar(500) NOT NULL,
        [Ticket] nvarchar(100) NOT NULL,
        [OpenerId] uniqueidentifier NOT NULL,
        [OpenerName] nvarchar(200) NOT NULL,
        [AskedAt] datetimeoffset NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [IpAddress] nvarchar(64) NULL,
        [Port] int NULL,
        [Hostname] nvarchar(255) NULL,
        [OpenedAt] datetimeoffset NULL,
        [ExpiresAt] datetimeoffset NULL,
        [EndedAt] datetimeoffset NULL,
        [End] nvarchar(32) NULL,
        [EndedById] uniqueidentifier NULL,
        [EndedByName] nvarchar(200) NULL,
        [Overstayed] bit NOT NULL,
        [VerifiedAt] datetimeoffset NULL,
        [Trouble] nvarchar(64) NULL,
        [Tries] int NOT NULL,
        [NotBefore] datetimeoffset NULL,
        CONSTRAINT [PK_RemoteDoors] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RemoteDoors_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122105559_AddRemoteAccess'
)
BEGIN
    CREATE INDEX [IX_RemoteDoors_State] ON [RemoteDoors] ([State]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122105559_AddRemoteAccess'
)
BEGIN
    CREATE INDEX [IX_RemoteDoors_TenantId_AskedAt] ON [RemoteDoors] ([TenantId], [AskedAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122105559_AddRemoteAccess'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122105559_AddRemoteAccess', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112043_PausedExports'
)
BEGIN
    ALTER TABLE [FootageExports] ADD [PausedAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112043_PausedExports'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122112043_PausedExports', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112454_AddRemoteAccessLog'
)
BEGIN
    CREATE TABLE [RemoteAccessEvents] (
        [Id] bigint NOT NULL IDENTITY,
        [TenantId] uniqueidentifier NOT NULL,
        [Identity] nvarchar(64) NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [At] datetimeoffset NOT NULL,
        [Type] nvarchar(64) NOT NULL,
        [Imsi] nvarchar(64) NOT NULL,
        [ConnectionId] nvarchar(64) NOT NULL,
        [SourceAddress] nvarchar(64) NOT NULL,
        [SourcePort] int NULL,
        [DeviceAddress] nvarchar(64) NOT NULL,
        [DevicePort] int NULL,
        [Tls] bit NULL,
        [SimId] nvarchar(64) NOT NULL,
        [SimName] nvarchar(max) NOT NULL,
        [Origin] nvarchar(32) NOT NULL,
        [DoorId] uniqueidentifier NULL,
        [OpenerId] uniqueidentifier NULL,
        [OpenerName] nvarchar(200) NOT NULL,
        CONSTRAINT [PK_RemoteAccessEvents] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RemoteAccessEvents_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112454_AddRemoteAccessLog'
)
BEGIN
    CREATE TABLE [RemoteAccessReadings] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [ReadAt] datetimeoffset NULL,
        [FailedAt] datetimeoffset NULL,
        [Failure] nvarchar(64) NULL,
        [NotBefore] datetimeoffset NULL,
        CONSTRAINT [PK_RemoteAccessReadings] PRIMARY KEY ([TenantId], [Coverage]),
        CONSTRAINT [FK_RemoteAccessReadings_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112454_AddRemoteAccessLog'
)
BEGIN
    CREATE INDEX [IX_RemoteAccessEvents_TenantId_At] ON [RemoteAccessEvents] ([TenantId], [At]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112454_AddRemoteAccessLog'
)
BEGIN
    CREATE INDEX [IX_RemoteAccessEvents_TenantId_DoorId] ON [RemoteAccessEvents] ([TenantId], [DoorId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112454_AddRemoteAccessLog'
)
BEGIN
    CREATE UNIQUE INDEX [IX_RemoteAccessEvents_TenantId_Identity] ON [RemoteAccessEvents] ([TenantId], [Identity]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122112454_AddRemoteAccessLog'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122112454_AddRemoteAccessLog', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    CREATE TABLE [BillDays] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Day] date NOT NULL,
        [Currency] nvarchar(8) NOT NULL,
        [Amount] decimal(19,6) NOT NULL,
        CONSTRAINT [PK_BillDays] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [Day]),
        CONSTRAINT [FK_BillDays_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    CREATE TABLE [BillLines] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Month] int NOT NULL,
        [Kind] nvarchar(32) NOT NULL,
        [Key] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Category] nvarchar(64) NOT NULL,
        [Currency] nvarchar(8) NOT NULL,
        [Amount] decimal(19,6) NOT NULL,
        [IsKnown] bit NOT NULL,
        [Name] nvarchar(max) NOT NULL,
        [GroupId] nvarchar(64) NOT NULL,
        [GroupName] nvarchar(max) NOT NULL,
        [Tags] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_BillLines] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [Month], [Kind], [Key]),
        CONSTRAINT [FK_BillLines_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    CREATE TABLE [BillMonths] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Month] int NOT NULL,
        [Currency] nvarchar(8) NOT NULL,
        [Amount] decimal(19,6) NULL,
        [CouponAmount] decimal(19,6) NOT NULL,
        [Stage] nvarchar(32) NOT NULL,
        [PaymentStatus] nvarchar(64) NOT NULL,
        [PaymentTransactionId] nvarchar(64) NOT NULL,
        [AsOf] datetimeoffset NULL,
        [ReadAt] datetimeoffset NOT NULL,
        [FinalAt] datetimeoffset NULL,
        [Revision] int NOT NULL,
        [DaysReadAt] datetimeoffset NULL,
        [DaysTotal] decimal(19,6) NULL,
        [LinesAsOf] datetimeoffset NULL,
        [ItemsTotal] decimal(19,6) NULL,
        [Forecast] decimal(19,6) NULL,
        [ForecastLow] decimal(19,6) NULL,
        [ForecastHigh] decimal(19,6) NULL,
        CONSTRAINT [PK_BillMonths] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [Month]),
        CONSTRAINT [FK_BillMonths_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    CREATE TABLE [BillReadings] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [ReadAt] datetimeoffset NULL,
        [FailedAt] datetimeoffset NULL,
        [Failure] nvarchar(64) NULL,
        [NotBefore] datetimeoffset NULL,
        [Holder] uniqueidentifier NULL,
        [HeldUntil] datetimeoffset NULL,
        CONSTRAINT [PK_BillReadings] PRIMARY KEY ([TenantId], [Coverage]),
        CONSTRAINT [FK_BillReadings_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    CREATE TABLE [BillRevisions] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Month] int NOT NULL,
        [Number] int NOT NULL,
        [SeenAt] datetimeoffset NOT NULL,
        [Currency] nvarchar(8) NOT NULL,
        [Amount] decimal(19,6) NOT NULL,
        [CouponAmount] decimal(19,6) NOT NULL,
        CONSTRAINT [PK_BillRevisions] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [Month], [Number]),
        CONSTRAINT [FK_BillRevisions_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    CREATE INDEX [IX_BillMonths_Month_TenantId] ON [BillMonths] ([Month], [TenantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142231_Billing'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122142231_Billing', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142727_FindExportsByCamera'
)
BEGIN
    CREATE INDEX [IX_FootageExports_OperatorId_DeviceId] ON [FootageExports] ([OperatorId], [DeviceId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122142727_FindExportsByCamera'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122142727_FindExportsByCamera', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151622_AuditChain'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [Hash] varbinary(32) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151622_AuditChain'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [Number] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151622_AuditChain'
)
BEGIN
    CREATE TABLE [AuditHeads] (
        [Id] uniqueidentifier NOT NULL,
        [Number] bigint NOT NULL,
        [Hash] varbinary(32) NOT NULL,
        [Unchained] bigint NOT NULL,
        CONSTRAINT [PK_AuditHeads] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151622_AuditChain'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_TenantId_Number] ON [AuditEntries] ([TenantId], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122151622_AuditChain'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122151622_AuditChain', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181117_DoorEntriesBefore'
)
BEGIN
    ALTER TABLE [RemoteDoors] ADD [EntriesBefore] nvarchar(1000) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181117_DoorEntriesBefore'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122181117_DoorEntriesBefore', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181404_FootageTold'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [Recorded] nvarchar(2000) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181404_FootageTold'
)
BEGIN
    ALTER TABLE [FootageExports] ADD [PausedBy] nvarchar(200) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181404_FootageTold'
)
BEGIN
    ALTER TABLE [FootageExports] ADD [RequestedById] uniqueidentifier NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181404_FootageTold'
)
BEGIN
    ALTER TABLE [FootageExports] ADD [ResumedAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122181404_FootageTold'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122181404_FootageTold', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    ALTER TABLE [BillLines] DROP CONSTRAINT [PK_BillLines];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    ALTER TABLE [BillLines] ADD [Source] nvarchar(32) NOT NULL DEFAULT N'Summary';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    ALTER TABLE [BillLines] ADD CONSTRAINT [PK_BillLines] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [Month], [Kind], [Source], [Key]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    CREATE TABLE [BillFiles] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Month] int NOT NULL,
        [Number] int NOT NULL,
        [Revision] int NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [AskedById] uniqueidentifier NOT NULL,
        [AskedByName] nvarchar(200) NOT NULL,
        [AskedAt] datetimeoffset NOT NULL,
        [VendorId] nvarchar(128) NULL,
        [MadeAt] datetimeoffset NULL,
        [Made] int NOT NULL,
        [Missed] int NOT NULL,
        [Tries] int NOT NULL,
        [NotBefore] datetimeoffset NULL,
        [Trouble] nvarchar(64) NULL,
        [FinishedAt] datetimeoffset NULL,
        [FileId] uniqueidentifier NULL,
        [FileKey] varbinary(256) NULL,
        [Length] bigint NULL,
        [Sha256] nvarchar(64) NULL,
        [Rows] bigint NULL,
        [BadRows] bigint NOT NULL,
        [BadLines] nvarchar(max) NOT NULL,
        [OtherColumns] nvarchar(max) NOT NULL,
        [Total] decimal(19,6) NULL,
        [HasLines] bit NOT NULL,
        [RemovedAt] datetimeoffset NULL,
        [Holder] uniqueidentifier NULL,
        [HeldUntil] datetimeoffset NULL,
        CONSTRAINT [PK_BillFiles] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_BillFiles_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    CREATE INDEX [IX_BillFiles_State_NotBefore] ON [BillFiles] ([State], [NotBefore]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    CREATE UNIQUE INDEX [IX_BillFiles_TenantId_Coverage_OperatorId_Month_Number] ON [BillFiles] ([TenantId], [Coverage], [OperatorId], [Month], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184021_DetailedBillFiles'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122184021_DetailedBillFiles', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184720_Invitations'
)
BEGIN
    ALTER TABLE [TenantMembers] ADD [Until] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184720_Invitations'
)
BEGIN
    CREATE TABLE [Invitations] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Email] nvarchar(254) NOT NULL,
        [Role] nvarchar(32) NOT NULL,
        [MemberUntil] datetimeoffset NULL,
        [CodeHash] varbinary(32) NOT NULL,
        [InviterId] uniqueidentifier NOT NULL,
        [InviterName] nvarchar(200) NOT NULL,
        [InvitedAt] datetimeoffset NOT NULL,
        [ExpiresAt] datetimeoffset NOT NULL,
        [EndedAt] datetimeoffset NULL,
        [AcceptedById] uniqueidentifier NULL,
        CONSTRAINT [PK_Invitations] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Invitations_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184720_Invitations'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Invitations_CodeHash] ON [Invitations] ([CodeHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184720_Invitations'
)
BEGIN
    CREATE INDEX [IX_Invitations_TenantId] ON [Invitations] ([TenantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122184720_Invitations'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122184720_Invitations', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122220453_BillsOfTheirTime'
)
BEGIN
    ALTER TABLE [BillMonths] ADD [ItemsReadAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122220453_BillsOfTheirTime'
)
BEGIN
    ALTER TABLE [BillMonths] ADD [SimsReadAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122220453_BillsOfTheirTime'
)
BEGIN
    ALTER TABLE [BillFiles] ADD [BillAsOf] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122220453_BillsOfTheirTime'
)
BEGIN
    ALTER TABLE [BillFiles] ADD [BillTotal] decimal(19,6) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122220453_BillsOfTheirTime'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122220453_BillsOfTheirTime', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224600_AddMail'
)
BEGIN
    ALTER TABLE [Tenants] ADD [Language] nvarchar(8) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224600_AddMail'
)
BEGIN
    ALTER TABLE [Invitations] ADD [Language] nvarchar(8) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224600_AddMail'
)
BEGIN
    CREATE TABLE [OutgoingMails] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [ObjectId] uniqueidentifier NOT NULL,
        [Recipient] nvarchar(254) NOT NULL,
        [Content] varbinary(max) NULL,
        [MadeAt] datetimeoffset NOT NULL,
        [NotAfter] datetimeoffset NOT NULL,
        [State] nvarchar(32) NOT NULL,
        [Attempts] int NOT NULL,
        [NextAt] datetimeoffset NOT NULL,
        [Failure] nvarchar(32) NULL,
        [EndedAt] datetimeoffset NULL,
        CONSTRAINT [PK_OutgoingMails] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_OutgoingMails_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224600_AddMail'
)
BEGIN
    CREATE INDEX [IX_OutgoingMails_State_NextAt] ON [OutgoingMails] ([State], [NextAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224600_AddMail'
)
BEGIN
    CREATE INDEX [IX_OutgoingMails_TenantId_ObjectId] ON [OutgoingMails] ([TenantId], [ObjectId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224600_AddMail'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122224600_AddMail', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224700_AddDelegation'
)
BEGIN
    ALTER TABLE [Tenants] ADD [Coverages] nvarchar(16) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224700_AddDelegation'
)
BEGIN
    ALTER TABLE [Tenants] ADD [DelegatedAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224700_AddDelegation'
)
BEGIN
    ALTER TABLE [Tenants] ADD [DelegatedBy] nvarchar(200) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224700_AddDelegation'
)
BEGIN
    ALTER TABLE [Tenants] ADD [ResellerCeiling] nvarchar(32) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122224700_AddDelegation'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122224700_AddDelegation', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122225315_CountsOfInventories'
)
BEGIN
    ALTER TABLE [SimInventories] ADD [CountedAt] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122225315_CountsOfInventories'
)
BEGIN
    ALTER TABLE [SimInventories] ADD [Counts] nvarchar(max) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122225315_CountsOfInventories'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122225315_CountsOfInventories', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012003_KeepPayments'
)
BEGIN
    ALTER TABLE [BillReadings] ADD [Denied] nvarchar(256) NOT NULL DEFAULT N'';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012003_KeepPayments'
)
BEGIN
    CREATE TABLE [AccountCoupons] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [Code] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Amount] decimal(19,6) NULL,
        [Balance] decimal(19,6) NULL,
        [Currency] nvarchar(8) NOT NULL,
        [BillItem] nvarchar(128) NOT NULL,
        [GoodUntil] int NULL,
        [ToldAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_AccountCoupons] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [Code]),
        CONSTRAINT [FK_AccountCoupons_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012003_KeepPayments'
)
BEGIN
    CREATE TABLE [AccountDiscounts] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [ContractId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [From] date NULL,
        [Until] date NULL,
        [Sims] int NULL,
        [UnitPrice] decimal(19,6) NULL,
        [Currency] nvarchar(8) NOT NULL,
        [PaymentType] nvarchar(64) NOT NULL,
        [DiscountType] nvarchar(64) NOT NULL,
        [Status] nvarchar(64) NOT NULL,
        [ToldAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_AccountDiscounts] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [ContractId]),
        CONSTRAINT [FK_AccountDiscounts_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012003_KeepPayments'
)
BEGIN
    CREATE TABLE [AccountStatements] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [StatementId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [PaidAt] datetimeoffset NULL,
        [Amount] decimal(19,6) NULL,
        [Currency] nvarchar(8) NOT NULL,
        [Months] nvarchar(512) NOT NULL,
        [OrderId] nvarchar(128) NOT NULL,
        [Method] nvarchar(64) NOT NULL,
        [Instrument] nvarchar(64) NOT NULL,
        [ToldAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_AccountStatements] PRIMARY KEY ([TenantId], [Coverage], [OperatorId], [StatementId]),
        CONSTRAINT [FK_AccountStatements_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012003_KeepPayments'
)
BEGIN
    CREATE TABLE [PaymentReadings] (
        [TenantId] uniqueidentifier NOT NULL,
        [Coverage] nvarchar(8) NOT NULL,
        [OperatorId] nvarchar(32) NOT NULL,
        [ReadAt] datetimeoffset NULL,
        [CouponsAt] datetimeoffset NULL,
        [DiscountsAt] datetimeoffset NULL,
        [StatementsAt] datetimeoffset NULL,
        [MethodAt] datetimeoffset NULL,
        [HasMethod] bit NOT NULL,
        [CardBrand] nvarchar(64) NOT NULL,
        [CardDigits] nvarchar(4) NOT NULL,
        [MethodError] nvarchar(64) NOT NULL,
        [MethodChangedAt] datetimeoffset NULL,
        [Payer] nvarchar(256) NOT NULL,
        [Denied] nvarchar(256) NOT NULL,
        [FailedAt] datetimeoffset NULL,
        [Failure] nvarchar(64) NULL,
        [NotBefore] datetimeoffset NULL,
        [Holder] uniqueidentifier NULL,
        [HeldUntil] datetimeoffset NULL,
        CONSTRAINT [PK_PaymentReadings] PRIMARY KEY ([TenantId], [Coverage]),
        CONSTRAINT [FK_PaymentReadings_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012003_KeepPayments'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123012003_KeepPayments', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012336_FootageLengthsAndRoom'
)
BEGIN
    ALTER TABLE [FootageRules] ADD [MostBytes] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012336_FootageLengthsAndRoom'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [IsShort] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012336_FootageLengthsAndRoom'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [VideoMilliseconds] bigint NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123012336_FootageLengthsAndRoom'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123012336_FootageLengthsAndRoom', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023822_BillsOfEachAge'
)
BEGIN
    EXEC sp_rename N'[BillMonths].[LinesAsOf]', N'SimsAsOf', 'COLUMN';
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023822_BillsOfEachAge'
)
BEGIN
    ALTER TABLE [BillMonths] ADD [ItemsAsOf] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023822_BillsOfEachAge'
)
BEGIN
    EXEC(N'UPDATE BillMonths SET ItemsAsOf = CASE WHEN ItemsReadAt < SimsAsOf THEN ItemsReadAt ELSE SimsAsOf END WHERE ItemsTotal IS NOT NULL;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023822_BillsOfEachAge'
)
BEGIN
    EXEC(N'UPDATE BillMonths SET SimsAsOf = SimsReadAt WHERE SimsReadAt < SimsAsOf;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123023822_BillsOfEachAge'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123023822_BillsOfEachAge', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050514_SuspendedTenants'
)
BEGIN
    ALTER TABLE [Tenants] ADD [RemovingAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050514_SuspendedTenants'
)
BEGIN
    ALTER TABLE [Tenants] ADD [SuspendedAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050514_SuspendedTenants'
)
BEGIN
    ALTER TABLE [Tenants] ADD [SuspendedBy] nvarchar(200) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050514_SuspendedTenants'
)
BEGIN
    ALTER TABLE [Tenants] ADD [SuspendedFor] nvarchar(500) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050514_SuspendedTenants'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123050514_SuspendedTenants', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050906_DaysOfTheirTime'
)
BEGIN
    ALTER TABLE [BillMonths] ADD [DaysAsOf] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050906_DaysOfTheirTime'
)
BEGIN
    EXEC(N'UPDATE BillMonths SET DaysAsOf = CASE WHEN DaysReadAt < AsOf THEN DaysReadAt ELSE AsOf END WHERE DaysTotal IS NOT NULL;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123050906_DaysOfTheirTime'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123050906_DaysOfTheirTime', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [Doubtful] bigint NOT NULL DEFAULT CAST(0 AS bigint);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [IsFoundInList] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [IsLong] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [ListedBefore] nvarchar(1000) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [MissedAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    EXEC(N'UPDATE FootagePieces SET ListedBefore = '''' WHERE State = ''Asked''')
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123052838_FootageTraces'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123052838_FootageTraces', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123082622_CustomRoles'
)
BEGIN
    ALTER TABLE [TenantMembers] ADD [CustomRoleId] uniqueidentifier NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123082622_CustomRoles'
)
BEGIN
    ALTER TABLE [Invitations] ADD [CustomRoleId] uniqueidentifier NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123082622_CustomRoles'
)
BEGIN
    CREATE TABLE [CustomRoles] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Name] nvarchar(60) NOT NULL,
        [Permissions] nvarchar(2000) NOT NULL,
        [MadeAt] datetimeoffset NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_CustomRoles] PRIMARY KEY ([TenantId], [Id]),
        CONSTRAINT [FK_CustomRoles_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123082622_CustomRoles'
)
BEGIN
    CREATE INDEX [IX_TenantMembers_TenantId_CustomRoleId] ON [TenantMembers] ([TenantId], [CustomRoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123082622_CustomRoles'
)
BEGIN
    ALTER TABLE [TenantMembers] ADD CONSTRAINT [FK_TenantMembers_CustomRoles_TenantId_CustomRoleId] FOREIGN KEY ([TenantId], [CustomRoleId]) REFERENCES [CustomRoles] ([TenantId], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123082622_CustomRoles'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123082622_CustomRoles', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123085306_BillsReadToTheEnd'
)
BEGIN
    ALTER TABLE [PaymentReadings] ADD [PayerAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123085306_BillsReadToTheEnd'
)
BEGIN
    ALTER TABLE [BillReadings] ADD [WholeAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123085306_BillsReadToTheEnd'
)
BEGIN
    ALTER TABLE [BillDays] ADD [IsPart] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123085306_BillsReadToTheEnd'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123085306_BillsReadToTheEnd', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123085659_SessionsProvenAt'
)
BEGIN
    ALTER TABLE [SignInSessions] ADD [ProvenAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123085659_SessionsProvenAt'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123085659_SessionsProvenAt', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123090041_FootageUnread'
)
BEGIN
    ALTER TABLE [FootagePieces] ADD [IsUnread] bit NOT NULL DEFAULT CAST(0 AS bit);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123090041_FootageUnread'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123090041_FootageUnread', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    ALTER TABLE [VendorCredentials] ADD [FailingSince] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    ALTER TABLE [SimJobs] ADD [PausedAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    ALTER TABLE [People] ADD [BellSeenAt] datetimeoffset NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    CREATE INDEX [IX_SimJobs_OwnerId] ON [SimJobs] ([OwnerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    CREATE INDEX [IX_RemoteDoors_OpenerId] ON [RemoteDoors] ([OpenerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    CREATE INDEX [IX_FootageExports_OwnerId] ON [FootageExports] ([OwnerId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    CREATE INDEX [IX_BillFiles_AskedById] ON [BillFiles] ([AskedById]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123121749_Bell'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123121749_Bell', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123125537_Brands'
)
BEGIN
    CREATE TABLE [ResellerBrands] (
        [ResellerId] uniqueidentifier NOT NULL,
        [Name] nvarchar(60) NULL,
        [Accent] nvarchar(7) NULL,
        [SupportMail] nvarchar(254) NULL,
        [SupportAddress] nvarchar(254) NULL,
        [LogoPng] nvarchar(max) NULL,
        [LogoId] uniqueidentifier NULL,
        CONSTRAINT [PK_ResellerBrands] PRIMARY KEY ([ResellerId]),
        CONSTRAINT [FK_ResellerBrands_Resellers_ResellerId] FOREIGN KEY ([ResellerId]) REFERENCES [Resellers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123125537_Brands'
)
BEGIN
    CREATE TABLE [TenantBrands] (
        [TenantId] uniqueidentifier NOT NULL,
        [Name] nvarchar(60) NULL,
        [Accent] nvarchar(7) NULL,
        [SupportMail] nvarchar(254) NULL,
        [SupportAddress] nvarchar(254) NULL,
        [LogoPng] nvarchar(max) NULL,
        [LogoId] uniqueidentifier NULL,
        CONSTRAINT [PK_TenantBrands] PRIMARY KEY ([TenantId]),
        CONSTRAINT [FK_TenantBrands_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123125537_Brands'
)
BEGIN
    CREATE INDEX [IX_ResellerBrands_LogoId] ON [ResellerBrands] ([LogoId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123125537_Brands'
)
BEGIN
    CREATE INDEX [IX_TenantBrands_LogoId] ON [TenantBrands] ([LogoId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123125537_Brands'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123125537_Brands', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130907_PersonTimeZones'
)
BEGIN
    ALTER TABLE [People] ADD [TimeZone] nvarchar(64) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123130907_PersonTimeZones'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123130907_PersonTimeZones', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    ALTER TABLE [Tenants] ADD [AuditKeepDays] int NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [After] nvarchar(2000) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [Before] nvarchar(2000) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [OnBehalfOf] nvarchar(200) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [Reason] nvarchar(1000) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    ALTER TABLE [AuditEntries] ADD [VendorRequestId] nvarchar(128) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    CREATE TABLE [AuditAnchors] (
        [Id] uniqueidentifier NOT NULL,
        [Number] bigint NOT NULL,
        [Hash] varbinary(32) NOT NULL,
        [OlderThan] datetimeoffset NOT NULL,
        [RemovedAt] datetimeoffset NOT NULL,
        [KeptDays] int NOT NULL,
        CONSTRAINT [PK_AuditAnchors] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    EXEC(N'CREATE TRIGGER AuditEntries_AppendOnly_Delete ON AuditEntries AFTER DELETE AS IF EXISTS (SELECT 1 FROM deleted AS gone WHERE NOT EXISTS (SELECT 1 FROM AuditAnchors AS anchor INNER JOIN Tenants AS tenant ON tenant.Id = anchor.Id WHERE anchor.Id = gone.TenantId AND tenant.AuditKeepDays IS NOT NULL AND anchor.Number >= gone.Number AND anchor.OlderThan > gone.At)) THROW 50001, ''Audit entries are never changed or removed.'', 1;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    EXEC(N'ALTER TRIGGER AuditEntries_AppendOnly ON AuditEntries INSTEAD OF UPDATE AS THROW 50001, ''Audit entries are never changed or removed.'', 1;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    EXEC(N'CREATE TRIGGER AuditAnchors_Forward ON AuditAnchors AFTER INSERT, UPDATE, DELETE AS IF EXISTS (SELECT 1 FROM deleted AS former WHERE NOT EXISTS (SELECT 1 FROM inserted AS anchor WHERE anchor.Id = former.Id AND anchor.Number > former.Number AND anchor.OlderThan >= former.OlderThan)) OR EXISTS (SELECT 1 FROM inserted AS anchor WHERE anchor.OlderThan > DATEADD(day, -365, SYSDATETIMEOFFSET()) OR NOT EXISTS (SELECT 1 FROM Tenants AS tenant WHERE tenant.Id = anchor.Id AND tenant.AuditKeepDays IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM AuditHeads AS head WHERE head.Id = anchor.Id AND head.Number >= anchor.Number) OR NOT EXISTS (SELECT 1 FROM AuditEntries AS entry WHERE entry.TenantId = anchor.Id AND entry.Number = anchor.Number AND entry.Hash = anchor.Hash AND entry.At < anchor.OlderThan)) THROW 50002, ''Audit trails are kept for a year, and their beginning only moves forward.'', 1;');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123133642_AuditRetention'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123133642_AuditRetention', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    ALTER TABLE [TenantMembers] ADD [GroupGrantId] uniqueidentifier NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE TABLE [GroupExclusions] (
        [TenantId] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_GroupExclusions] PRIMARY KEY ([TenantId], [PersonId]),
        CONSTRAINT [FK_GroupExclusions_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_GroupExclusions_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE TABLE [GroupGrants] (
        [Id] uniqueidentifier NOT NULL,
        [TenantId] uniqueidentifier NOT NULL,
        [Issuer] nvarchar(512) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [GroupId] nvarchar(256) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Label] nvarchar(256) NOT NULL,
        [Role] nvarchar(32) NOT NULL,
        [CustomRoleId] uniqueidentifier NULL,
        [Position] int NOT NULL,
        [MadeAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_GroupGrants] PRIMARY KEY ([TenantId], [Id]),
        CONSTRAINT [FK_GroupGrants_CustomRoles_TenantId_CustomRoleId] FOREIGN KEY ([TenantId], [CustomRoleId]) REFERENCES [CustomRoles] ([TenantId], [Id]),
        CONSTRAINT [FK_GroupGrants_Tenants_TenantId] FOREIGN KEY ([TenantId]) REFERENCES [Tenants] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE TABLE [PersonGroups] (
        [PersonId] uniqueidentifier NOT NULL,
        [Names] nvarchar(max) NULL,
        [Unknown] nvarchar(32) NULL,
        [ReadAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_PersonGroups] PRIMARY KEY ([PersonId]),
        CONSTRAINT [FK_PersonGroups_People_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [People] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE INDEX [IX_TenantMembers_TenantId_GroupGrantId] ON [TenantMembers] ([TenantId], [GroupGrantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE INDEX [IX_GroupExclusions_PersonId] ON [GroupExclusions] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE INDEX [IX_GroupGrants_Issuer_GroupId] ON [GroupGrants] ([Issuer], [GroupId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE INDEX [IX_GroupGrants_TenantId_CustomRoleId] ON [GroupGrants] ([TenantId], [CustomRoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    CREATE UNIQUE INDEX [IX_GroupGrants_TenantId_Issuer_GroupId] ON [GroupGrants] ([TenantId], [Issuer], [GroupId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    ALTER TABLE [TenantMembers] ADD CONSTRAINT [FK_TenantMembers_GroupGrants_TenantId_GroupGrantId] FOREIGN KEY ([TenantId], [GroupGrantId]) REFERENCES [GroupGrants] ([TenantId], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123162837_GroupGrants'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123162837_GroupGrants', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123171637_SessionProviders'
)
BEGIN
    ALTER TABLE [SignInSessions] ADD [Provider] nvarchar(80) NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123171637_SessionProviders'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123171637_SessionProviders', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123201244_KeyShares'
)
BEGIN
    ALTER TABLE [TenantDataKeys] ADD [ShareId] uniqueidentifier NULL;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123201244_KeyShares'
)
BEGIN
    CREATE TABLE [KeyStores] (
        [Id] int NOT NULL,
        [StoreId] uniqueidentifier NOT NULL,
        [BegunAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_KeyStores] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261123201244_KeyShares'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261123201244_KeyShares', N'10.0.14');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261124001718_ArchiveKeyNumbers'
)
BEGIN
    DROP INDEX [IX_ArchiveKeys_TenantId] ON [ArchiveKeys];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261124001718_ArchiveKeyNumbers'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ArchiveKeys_TenantId_Version] ON [ArchiveKeys] ([TenantId], [Version]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261124001718_ArchiveKeyNumbers'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261124001718_ArchiveKeyNumbers', N'10.0.14');
END;

COMMIT;
GO

