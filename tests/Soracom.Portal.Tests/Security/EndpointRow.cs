using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Soracom.Api;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Security;

/// <summary>Whom an address answers.</summary>
internal enum EndpointFor
{
    /// <summary>Anybody, signed in or not.</summary>
    Anybody,

    /// <summary>Whoever is signed in.</summary>
    SignedIn,

    /// <summary>Those who hold a permission in the tenant that the address names.</summary>
    Tenant,

    /// <summary>Those who hold a permission in any tenant.</summary>
    Several,

    /// <summary>Those who act for the reseller whose customer the address names.</summary>
    Partner,
}

/// <summary>What an address is asked for: ids of one's own, of somebody else, or of nobody.</summary>
internal sealed record EndpointIds(Guid Job, Guid Door, Guid Export, Guid BillFile, string Group, string Sim)
{
    public static readonly EndpointIds OfNobody = new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "11111111-2222-3333-4444-555555555555", "8942310099999999999");
}

/// <summary>One address that is no page and no static file.</summary>
/// <param name="Whom">Whom it answers.</param>
/// <param name="Needs">The permission that it asks for; null where it asks for none.</param>
internal sealed partial record EndpointRow(EndpointFor Whom, Permission? Needs = null)
{
    /// <summary>What those get who may, with ids of their own.</summary>
    public int Given { get; init; } = 200;

    /// <summary>What they get with ids of somebody else or of nobody.</summary>
    public int Unknown { get; init; } = 404;

    /// <summary>What members get who lack the permission.</summary>
    public int Lacking { get; init; } = 403;

    /// <summary>The query string.</summary>
    public string Query { get; init; } = "";

    /// <summary>The form that is posted, beside its token.</summary>
    public (string Name, string Value)[] Form { get; init; } = [];

    /// <summary>Why nothing is asked of it here; null where it is asked.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Every address of the portal that is no page and no static file, by method and route.</summary>
    public static readonly FrozenDictionary<string, EndpointRow> All = new Dictionary<string, EndpointRow>(StringComparer.Ordinal)
    {
        ["* /health/live"] = new(EndpointFor.Anybody),
        ["* /health/ready"] = new(EndpointFor.Anybody),
        ["GET /logos/{logoId:guid}.png"] = new(EndpointFor.Anybody) { Given = 404 },
        ["POST /preferences/language"] = new(EndpointFor.Anybody) { Given = 302, Form = [("language", "en")] },
        ["POST /preferences/theme"] = new(EndpointFor.Anybody) { Given = 302, Form = [("theme", "light")] },
        ["POST /sign-in/demo"] = new(EndpointFor.Anybody) { Given = 302, Form = [("account", "stranger")] },
        ["POST /sign-out"] = new(EndpointFor.Anybody) { Given = 302 },
        ["GET /sign-in/provider"] = new(EndpointFor.Anybody) { Elsewhere = "leads to the provider: ProviderSignInTests" },

        ["GET /sign-in/provider/again"] = new(EndpointFor.SignedIn) { Elsewhere = "leads to the provider: ProviderSignInTests" },
        ["GET /job-template.csv"] = new(EndpointFor.SignedIn),
        ["POST /preferences/sim-columns"] = new(EndpointFor.SignedIn) { Given = 302 },

        ["GET /t/{slug}/audit.csv"] = new(EndpointFor.Tenant, Permission.AuditRead),
        ["GET /t/{slug}/audit.jsonl"] = new(EndpointFor.Tenant, Permission.AuditRead),
        ["GET /t/{slug}/billing/months.csv"] = new(EndpointFor.Tenant, Permission.BillingRead),
        ["GET /t/{slug}/billing/files/{fileId:guid}"] = new(EndpointFor.Tenant, Permission.BillingRead),
        // What whoever may is handed is in the tests of footage, statements and recordings: here they hold nothing, and 404 is not the 403 of the others.
        ["GET /t/{slug}/billing/statements/{coverage}/{statementId}"] = new(EndpointFor.Tenant, Permission.BillingRead) { Given = 404 },
        ["GET /t/{slug}/remote-access/log.csv"] = new(EndpointFor.Tenant, Permission.RemoteAccessRead),
        ["GET /t/{slug}/remote-access/{doorId:guid}/door.rdp"] = new(EndpointFor.Tenant, Permission.RemoteAccessRead),
        ["GET /t/{slug}/sims/export.csv"] = new(EndpointFor.Tenant, Permission.SimsRead),
        ["POST /t/{slug}/sims/export.csv"] = new(EndpointFor.Tenant, Permission.SimsRead) { Form = [(SimExportEndpoint.SimsField, "")] },
        ["GET /t/{slug}/jobs/{jobId:guid}/result.csv"] = new(EndpointFor.Tenant, Permission.SimsRead),
        ["GET /t/{slug}/sims/{simId}/captures/{sessionId}"] = new(EndpointFor.Tenant, Permission.SimsCapture) { Given = 404, Query = "?coverage=jp" },
        ["GET /t/{slug}/groups/{groupId}/configuration.json"] = new(EndpointFor.Tenant, Permission.GroupsRead) { Query = "?coverage=jp&revision=1" },
        ["GET HEAD /t/{slug}/exports/{exportId:guid}/footage.zip"] = new(EndpointFor.Tenant, Permission.CamerasExport) { Given = 404 },
        ["GET HEAD /t/{slug}/exports/{exportId:guid}/manifest.json"] = new(EndpointFor.Tenant, Permission.CamerasExport),
        ["GET HEAD /t/{slug}/exports/{exportId:guid}/pieces/{number:int}"] = new(EndpointFor.Tenant, Permission.CamerasExport) { Given = 404 },
        ["GET /t/{slug}/cameras/playback/{id}/{part:int}/manifest.mpd"] = new(EndpointFor.Tenant, Permission.CamerasPlay) { Given = 410, Unknown = 410 },
        ["GET /t/{slug}/cameras/playback/{id}/{part:int}/{number:int}.mp4"] = new(EndpointFor.Tenant, Permission.CamerasPlay) { Given = 410, Unknown = 410 },

        ["GET /portfolio/billing.csv"] = new(EndpointFor.Several, Permission.BillingRead),
        // Nothing but the head of the file, where there is no tenant to read SIMs of.
        ["GET /portfolio/sims/export.csv"] = new(EndpointFor.Several, Permission.SimsRead) { Lacking = 200 },
        ["POST /portfolio/sims/export.csv"] = new(EndpointFor.Several, Permission.SimsRead) { Lacking = 200, Form = [(SimExportEndpoint.ViewField, ""), (SimExportEndpoint.SimsField, "")] },

        ["GET /customers/{slug}/everything.zip"] = new(EndpointFor.SignedIn) { Given = 302 },
        // Of one that is not suspended nothing is handed out, and the customer's page says so; OffboardingTests has the file.
        ["POST /customers/{slug}/everything.zip"] = new(EndpointFor.Partner) { Given = 303, Lacking = 303 },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The method that is tried first, and where it goes.</summary>
    /// <param name="name">Method and route, as the table names them.</param>
    /// <param name="slug">The tenant.</param>
    /// <param name="ids">What is asked for. A new kind of route value has to be named here.</param>
    public (bool IsPost, string Address) AddressOf(string name, string slug, EndpointIds ids)
    {
        var parts = name.Split(' ');
        var address = RouteValue().Replace(parts[^1], match => match.Groups["name"].Value switch
        {
            "slug" => slug,
            "jobId" => Of(ids.Job),
            "doorId" => Of(ids.Door),
            "exportId" => Of(ids.Export),
            "fileId" => Of(ids.BillFile),
            "logoId" => Of(Guid.Empty),
            "groupId" => ids.Group,
            "simId" => ids.Sim,
            "coverage" => SoracomCoverage.Japan.ToWireName(),
            "statementId" or "sessionId" or "id" => "nothing",
            "part" or "number" => "1",
            var unknown => throw new InvalidOperationException($"Nothing is known for {{{unknown}}}."),
        });
        return (parts[0] == "POST", address + Query);

        static string Of(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:\w+)?\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RouteValue();
}
