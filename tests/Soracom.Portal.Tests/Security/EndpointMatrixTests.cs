using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Hosting;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;
using Soracom.Portal.Tests.Hosting;

namespace Soracom.Portal.Tests.Security;

/// <summary>Every address that is no page, asked over HTTP by those who may and those who may not.</summary>
public sealed class EndpointMatrixTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const string Elsewhere = "elsewhere";

    /// <summary>What the framework adds in Development for static files that its list doesn't hold yet.</summary>
    private const string StaticFiles = "{**path:file}";

    private readonly PortalScene scene = own.Scene;

    public static TheoryData<string> Names => [.. EndpointRow.All.Where(row => row.Value.Elsewhere is null).Select(row => row.Key).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Posted => [.. Names.Select(row => row.Data).Where(name => name.StartsWith("POST ", StringComparison.Ordinal))];

    public static TheoryData<string> OfTenants => [.. EndpointRow.All.Where(row => row.Value.Whom == EndpointFor.Tenant).Select(row => row.Key).Order(StringComparer.Ordinal)];

    public static TheoryData<string, TenantRole?> ByRole =>
        new(from name in Names.Select(row => row.Data) from role in (TenantRole?[])[.. Enum.GetValues<TenantRole>().Cast<TenantRole?>(), null] select (name, role));

    /// <summary>Nagisa and its people are another partner's.</summary>
    public async ValueTask InitializeAsync()
    {
        await using (var look = scene.Database.ForInstallation())
        {
            if (look.Resellers.Any(reseller => reseller.Slug == Elsewhere))
            {
                return;
            }
        }

        var other = await scene.TestDatabase.AddResellerAsync(Elsewhere);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = $other WHERE Slug = 'nagisa'", ("$other", other.ToString().ToUpperInvariant()));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Of the portal that maps most: with a provider, and with the demo's accounts.</summary>
    [Fact]
    public async Task Matrix_HoldsEveryAddressThatIsNoPage()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.CreateAsync(Environments.Development, database, [.. PortalStart.Provider, "--Demo:Sandbox=false"]);
        var mapped = ((IEndpointRouteBuilder)portal).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.RoutePattern.RawText != StaticFiles)
            .ToLookup(NameOf, StringComparer.Ordinal);
        var ofCircuits = mapped.Where(row => IsOfCircuits(row.Key)).ToList();

        Assert.Equal(EndpointRow.All.Keys.Order(StringComparer.Ordinal), mapped.Select(row => row.Key).Where(name => !IsOfCircuits(name)).Order(StringComparer.Ordinal));
        Assert.NotEmpty(ofCircuits);
        Assert.All(ofCircuits.SelectMany(row => row), endpoint => Assert.Null(endpoint.Metadata.GetMetadata<IAllowAnonymous>()));
        Assert.All(EndpointRow.All, row => Assert.All(mapped[row.Key], endpoint => Assert.Equal(row.Value.Whom == EndpointFor.Anybody, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)));
    }

    /// <summary>A page's own rights are asked for by the circuit that it opens.</summary>
    [Fact]
    public async Task AskForACircuit_IsForWhoeverIsSignedIn()
    {
        const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";
        using var nobody = new Visitor(scene);
        using var somebody = new Visitor(scene, await scene.SignInAsync());

        Assert.Equal(401, (int)(await nobody.GetAsync("/_blazor")).Status);
        Assert.Equal(401, (int)(await nobody.PostAsync(Negotiate, from: null)).Status);
        Assert.Contains("connectionToken", (await somebody.PostAsync(Negotiate, from: null)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ask_WithoutASession_LeadsToSignIn_UnlessItIsForAnybody(string name)
    {
        var row = EndpointRow.All[name];
        using var visitor = new Visitor(scene);

        var answer = await AskAsync(visitor, name, PortalScene.Aoba, EndpointIds.OfNobody);

        var toSignIn = answer.Location?.Contains("/sign-in?returnUrl=", StringComparison.Ordinal) == true;
        Assert.Equal((row.Whom == EndpointFor.Anybody ? row.Given : 302, row.Whom != EndpointFor.Anybody), ((int)answer.Status, toSignIn));
    }

    [Theory]
    [MemberData(nameof(Posted))]
    public async Task Post_WithoutTheFormsToken_IsRefused(string name)
    {
        var row = EndpointRow.All[name];
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));

        Assert.Equal(400, (int)(await visitor.PostAsync(row.AddressOf(name, PortalScene.Aoba, EndpointIds.OfNobody).Address, from: null, row.Form)).Status);
    }

    [Theory]
    [MemberData(nameof(ByRole))]
    public async Task Ask_ByRole_IsAnsweredOrRefusedAsTheTableSays(string name, TenantRole? role)
    {
        var row = EndpointRow.All[name];
        var permissions = role is { } given ? RolePermissions.Of(given) : RolePermissions.ResellerAdministrator;
        var person = await scene.MemberAsync(PortalScene.Aoba, role);
        using var visitor = new Visitor(scene, person);

        var answer = await AskAsync(visitor, name, PortalScene.Aoba, await IdsOfAsync(PortalScene.Aoba));

        var may = row.Whom == EndpointFor.Partner ? role is null : row.Needs is not { } needed || permissions.Contains(needed);
        Assert.Equal(may ? row.Given : row.Lacking, (int)answer.Status);
        var refused = (await scene.TrailOfAsync(person.PersonId, PortalScene.Aoba)).Where(entry => entry.Outcome == AuditOutcome.Denied).Select(entry => (entry.Action, entry.ObjectId));
        Assert.Equal(row.Whom == EndpointFor.Tenant && !may ? [(AuditActions.PermissionUsed, row.Needs.ToString())] : [], refused);
        if (!may)
        {
            Assert.DoesNotContain(scene.Account(PortalScene.Aoba).OperatorId, answer.Body, StringComparison.Ordinal);
            Assert.True(row.Lacking == 200 ? answer.Body.Trim().Split('\n').Length == 1 : !answer.Headers.ContainsKey("Content-Disposition"), "A file was handed out.");
        }
    }

    [Theory]
    [MemberData(nameof(OfTenants))]
    public async Task Ask_AsAMemberOfAnotherTenant_OrAnothersPartner_IsAsForATenantThatDoesNotExist(string name)
    {
        var ids = await IdsOfAsync(PortalScene.Aoba);
        foreach (var role in (TenantRole?[])[TenantRole.Owner, null])
        {
            using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, role));

            var theirs = await AskAsync(visitor, name, PortalScene.Aoba, ids);
            var nobodys = await AskAsync(visitor, name, "nobody", ids);

            Assert.Equal((404, 404), ((int)theirs.Status, (int)nobodys.Status));
        }
    }

    [Theory]
    [MemberData(nameof(OfTenants))]
    public async Task Ask_WithIdsOfAnotherTenant_IsAsForIdsOfNobody(string name)
    {
        var row = EndpointRow.All[name];
        if (row.AddressOf(name, PortalScene.Aoba, EndpointIds.OfNobody) == row.AddressOf(name, PortalScene.Aoba, await IdsOfAsync(PortalScene.Nagisa)))
        {
            // It names nothing but the tenant.
            return;
        }

        using var theirOwner = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));
        var ids = await IdsOfAsync(PortalScene.Nagisa);

        Assert.Equal(row.Given, (int)(await AskAsync(theirOwner, name, PortalScene.Nagisa, ids)).Status);
        Assert.Equal(row.Unknown, (int)(await AskAsync(visitor, name, PortalScene.Aoba, ids)).Status);
        Assert.Equal(row.Unknown, (int)(await AskAsync(visitor, name, PortalScene.Aoba, EndpointIds.OfNobody)).Status);
    }

    [Fact]
    public async Task AskForACustomer_AsAnothersPartner_IsAsForOneThatDoesNotExist()
    {
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, role: null));

        foreach (var (name, _) in EndpointRow.All.Where(row => row.Value.Whom == EndpointFor.Partner))
        {
            // Only of one's own customer is it said why nothing is handed out.
            Assert.NotEqual(PortalUrls.Customer(PortalScene.Nagisa), (await AskAsync(visitor, name, PortalScene.Nagisa, EndpointIds.OfNobody)).Location);
            Assert.Equal(PortalUrls.Customer(PortalScene.Aoba), (await AskAsync(visitor, name, PortalScene.Aoba, EndpointIds.OfNobody)).Location);
            Assert.Equal(PortalUrls.Customer("nobody"), (await AskAsync(visitor, name, "nobody", EndpointIds.OfNobody)).Location);
        }
    }

    /// <summary>Whether an address is one of the framework's for pages that are open: the hub, and what belongs to it.</summary>
    private static bool IsOfCircuits(string name) => name.Contains(" /_blazor", StringComparison.Ordinal) || name.Contains(" /_framework/", StringComparison.Ordinal);

    private static string NameOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return $"{(methods.Count == 0 ? "*" : string.Join(' ', methods))} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
    }

    private static async Task<VisitedPage> AskAsync(Visitor visitor, string name, string slug, EndpointIds ids)
    {
        var row = EndpointRow.All[name];
        var (isPost, address) = row.AddressOf(name, slug, ids);
        return isPost ? await visitor.PostAsync(address, await visitor.GetAsync(PortalUrls.NotFound()), row.Form) : await visitor.GetAsync(address);
    }

    /// <summary>What a tenant has that addresses name.</summary>
    private async Task<EndpointIds> IdsOfAsync(string slug)
    {
        var tenantId = await scene.TenantIdAsync(slug);
        await using var db = scene.Database.ForTenant(tenantId);
        if (!db.SimJobs.Any())
        {
            await MakeAsync(slug, tenantId);
        }

        return new EndpointIds(db.SimJobs.Single().Id, db.RemoteDoors.Single().Id, db.FootageExports.Single().Id, db.BillFiles.Single().Id, db.GroupRevisions.First().GroupId, "8942310000000000001");
    }

    private async Task MakeAsync(string slug, Guid tenantId)
    {
        var (now, operatorId) = (scene.Clock.GetUtcNow(), scene.Account(slug).OperatorId);
        using (var opened = await scene.OpenAsync(slug, TenantRole.Owner))
        {
            var groups = await scene.Get<TenantSoracom>().ReadAsync(opened, SoracomCoverage.Japan, (client, token) => client.Groups.ListGroupsAsync(cancellationToken: token), Watchdog.Token);
            await scene.Get<GroupReader>().ReadAsync(opened, SoracomCoverage.Japan, groups.Value.Items[0].GroupId, Watchdog.Token);
        }

        await using var db = scene.Database.ForTenant(tenantId);
        var somebody = db.TenantMembers.Select(member => member.PersonId).First();
        db.SimJobs.Add(new SimJob
        {
            TenantId = tenantId,
            Number = 1,
            Coverage = "jp",
            OperatorId = operatorId,
            Source = SimJobSource.Search,
            Actions = AuditActions.SimTerminated,
            Needs = nameof(Permission.SimsTerminate),
            State = SimJobState.Planned,
            OwnerId = somebody,
            OwnerName = "Somebody",
            Language = "en",
            CreatedAt = now,
        });
        db.FootageExports.Add(new FootageExport
        {
            TenantId = tenantId,
            Number = 1,
            Coverage = "jp",
            OperatorId = operatorId,
            DeviceId = "theirs",
            CameraName = "A camera",
            From = now,
            To = now,
            Kind = FootageKind.Video,
            State = FootageExportState.Running,
            OwnerId = somebody,
            RequestedBy = "Somebody",
            OwnerName = "Somebody",
            Language = "en",
            CreatedAt = now,
        });
        db.RemoteDoors.Add(new RemoteDoor
        {
            Id = Guid.CreateVersion7(),
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = operatorId,
            SimId = "8942310000000000001",
            Imsi = "",
            SimName = "",
            DevicePort = 3389,
            Service = "air",
            Tls = false,
            SourceRanges = "203.0.113.5/32",
            DurationSeconds = 3600,
            Reason = "",
            Ticket = "",
            OpenerId = somebody,
            OpenerName = "Somebody",
            AskedAt = now,
            State = RemoteDoorState.Open,
            IpAddress = "203.0.113.9",
            Port = 40022,
            OpenedAt = now,
            ExpiresAt = now.AddHours(1),
        });
        await db.SaveChangesAsync(Watchdog.Token);
        await MakeBillAsync(tenantId, operatorId, somebody, now);
    }

    /// <summary>A detailed bill with its file: whoever may is handed something.</summary>
    private async Task MakeBillAsync(Guid tenantId, string operatorId, Guid somebody, DateTimeOffset now)
    {
        var key = RandomNumberGenerator.GetBytes(SealedFile.KeySize);
        var bill = await scene.Database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                using var cipher = await scene.Get<TenantArchive>().BeginAsync(db, tenantId, token);
                var fileId = Guid.CreateVersion7();
                var bill = new BillFile
                {
                    TenantId = tenantId,
                    Coverage = "jp",
                    OperatorId = operatorId,
                    Month = 202603,
                    Number = 1,
                    Revision = 1,
                    State = BillFileState.Done,
                    AskedById = somebody,
                    AskedByName = "Somebody",
                    AskedAt = now,
                    FileId = fileId,
                    FileKey = cipher.Seal(fileId, 1, key),
                };
                db.BillFiles.Add(bill);
                await db.SaveChangesAsync(token);
                return bill;
            },
            Watchdog.Token);
        var folder = scene.Get<BillFolder>();
        if (!folder.IsThere)
        {
            folder.Begin();
        }

        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"operatorId,amount\n{operatorId},1\n"));
        await folder.WriteAsync(BillFolder.PlaceOf(bill), key, content, 1_000, Watchdog.Token);
    }
}
