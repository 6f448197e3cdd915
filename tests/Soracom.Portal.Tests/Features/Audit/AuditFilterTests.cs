using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Audit;

/// <summary>The audit trail, searched by each of its filters.</summary>
public sealed class AuditFilterTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private TenantContext haruto = null!;
    private TenantContext yui = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        haruto = await scene.OpenAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner, "Haruto"), PortalScene.Aoba);
        yui = await scene.OpenAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator, "Yui"), PortalScene.Aoba);
        await DoAsync(haruto, "one", AuditActions.CredentialStored, AuditOutcome.Succeeded, objectName: "jp", objectId: "ID-100%");
        await DoAsync(yui, "two", AuditActions.CredentialTested, AuditOutcome.Failed, objectName: "g", objectId: "id_100");
        await DoAsync(haruto, "three", AuditActions.MemberRemoved, AuditOutcome.Succeeded, objectName: "冷蔵 倉庫 [7]", objectId: @"back\slash");
        await DoAsync(yui, "four", AuditActions.MemberRemoved, AuditOutcome.Denied, objectName: "冷蔵", objectId: null);
    }

    public async ValueTask DisposeAsync()
    {
        haruto.Dispose();
        yui.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task List_ByPerson_HoldsTheirActsAlone()
    {
        Assert.Equal(["three", "one"], await FoundAsync(AuditQuery.All with { People = Of(haruto.Actor.PersonId.ToString()) }));
        Assert.Equal(["four", "three", "two", "one"], await FoundAsync(AuditQuery.All with { People = Of(haruto.Actor.PersonId.ToString(), yui.Actor.PersonId.ToString()) }));
        Assert.Empty(await FoundAsync(AuditQuery.All with { People = Of(Guid.NewGuid().ToString()) }));
    }

    [Fact]
    public async Task List_ByActionAndOutcome_MeansBoth()
    {
        Assert.Equal(["four", "three"], await FoundAsync(AuditQuery.All with { Actions = Of(AuditActions.MemberRemoved) }));
        Assert.Equal(["four", "two"], await FoundAsync(AuditQuery.All with { Outcomes = Of(nameof(AuditOutcome.Failed), nameof(AuditOutcome.Denied)) }));
        Assert.Equal(["four"], await FoundAsync(AuditQuery.All with { Actions = Of(AuditActions.MemberRemoved), Outcomes = Of(nameof(AuditOutcome.Denied)) }));
    }

    [Fact]
    public async Task List_OnBehalf_TellsAPartnersActsFromOnesOwn()
    {
        await scene.Get<AuditTrail>().RecordAsync(haruto, new AuditAct(AuditActions.MemberRemoved, AuditOutcome.Succeeded) { Detail = "five", OnBehalfOf = "A partner" }, Watchdog.Token);

        Assert.Equal(["five"], await FoundAsync(AuditQuery.All with { Behalf = Of(AuditQuery.OfOthers) }));
        Assert.DoesNotContain("five", await FoundAsync(AuditQuery.All with { Behalf = Of(AuditQuery.OfOneself) }));
        Assert.Equal(["five", "four", "three", "two", "one"], await FoundAsync(AuditQuery.All with { Behalf = Of(AuditQuery.OfOthers, AuditQuery.OfOneself) }));
    }

    [Theory]
    [InlineData("冷蔵", "four", "three")]
    [InlineData("id-100", "one")]
    [InlineData("100%", "one")]
    [InlineData("d_1", "two")]
    [InlineData("[7]", "three")]
    [InlineData(@"back\s", "three")]
    [InlineData("TWO", "two")]
    [InlineData("%", "one")]
    [InlineData("' OR 1=1 --")]
    public async Task List_ByText_TakesItAsItIsInObjectAndDetail(string text, params string[] found) =>
        Assert.Equal(found, await FoundAsync(AuditQuery.All with { Text = text }));

    [Fact]
    public async Task List_ByDays_CountsThemInTheTenantsTimeZone()
    {
        // The scene begins at 2026-04-01 09:00 in Tokyo: its midnight is 15:00 UTC.
        scene.Clock.Advance(TimeSpan.FromHours(14.9));
        await DoAsync(haruto, "late", AuditActions.DataKeyRotated, AuditOutcome.Succeeded, objectName: null, objectId: null);
        scene.Clock.Advance(TimeSpan.FromHours(0.2));
        using var again = await scene.OpenAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner, "Haruto"), PortalScene.Aoba);
        await DoAsync(again, "next", AuditActions.DataKeyRotated, AuditOutcome.Succeeded, objectName: null, objectId: null);

        Assert.Equal(["late"], await FoundAsync(Rotated() with { Until = new DateOnly(2026, 4, 1) }, again));
        Assert.Equal(["next"], await FoundAsync(Rotated() with { From = new DateOnly(2026, 4, 2) }, again));
        Assert.Equal(["next", "late"], await FoundAsync(Rotated() with { From = new DateOnly(2026, 4, 1), Until = new DateOnly(2026, 4, 2) }, again));
        Assert.Empty(await FoundAsync(Rotated() with { From = new DateOnly(2026, 4, 2), Until = new DateOnly(2026, 4, 1) }, again));

        static AuditQuery Rotated() => AuditQuery.All with { Actions = Of(AuditActions.DataKeyRotated) };
    }

    [Fact]
    public async Task List_Filtered_PagesOnThroughWhatPasses()
    {
        foreach (var number in Enumerable.Range(0, AuditLog.PageSize + 5))
        {
            await DoAsync(haruto, $"passes {number}", AuditActions.DataKeyRotated, AuditOutcome.Succeeded, objectName: null, objectId: null);
            await DoAsync(haruto, $"does not {number}", AuditActions.DataKeyRotated, AuditOutcome.Failed, objectName: null, objectId: null);
        }

        var query = AuditQuery.All with { Text = "passes", Outcomes = Of(nameof(AuditOutcome.Succeeded)) };
        var first = await ListAsync(query, haruto);
        var second = await ListAsync(query with { Before = first.Before }, haruto);

        Assert.Equal((AuditLog.PageSize, 5), (first.Entries.Count, second.Entries.Count));
        Assert.Null(second.Before);
        Assert.Equal(Enumerable.Range(0, AuditLog.PageSize + 5).Reverse().Select(number => $"passes {number}"), first.Entries.Concat(second.Entries).Select(entry => entry.Detail));
    }

    [Fact]
    public async Task People_AreTheMembersAndWhoeverElseActedOrTriedTo()
    {
        var former = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer, "Former");
        using (await scene.OpenAsync(former, PortalScene.Aoba))
        {
            await scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", former.PersonId.ToString().ToUpperInvariant()));
        }

        var intruder = await scene.SignInAsync("Intruder");
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(intruder, PortalScene.Aoba, Watchdog.Token));
        var elsewhere = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Owner, "Elsewhere");

        var people = await scene.Get<AuditLog>().PeopleAsync(haruto, Watchdog.Token);

        Assert.Superset(
            new HashSet<AuditPerson> { new(haruto.Actor.PersonId, "Haruto"), new(yui.Actor.PersonId, "Yui"), new(former.PersonId, "Former"), new(intruder.PersonId, "Intruder") },
            people.ToHashSet());
        Assert.DoesNotContain(people, person => person.Id == elsewhere.PersonId);
        Assert.Equal(people.Select(person => person.Name).Order(StringComparer.Ordinal), people.Select(person => person.Name));
    }

    private static FilterValues Of(params string[] values) => FilterValues.Of(values);

    private Task DoAsync(TenantContext tenant, string detail, string action, AuditOutcome outcome, string? objectName, string? objectId) =>
        scene.Get<AuditTrail>().RecordAsync(tenant, new AuditAct(action, outcome) { ObjectName = objectName, ObjectId = objectId, Detail = detail }, Watchdog.Token);

    private Task<AuditPageContent> ListAsync(AuditQuery query, TenantContext by) => scene.Get<AuditLog>().ListAsync(by, query, Watchdog.Token);

    /// <summary>The details of what was found; that the tenant was opened has none.</summary>
    private async Task<IReadOnlyList<string>> FoundAsync(AuditQuery query, TenantContext? by = null) =>
        [.. (await ListAsync(query, by ?? haruto)).Entries.Select(entry => entry.Detail).OfType<string>()];
}
