using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Audit;

public sealed class AuditQueryTests
{
    private const string Person = "0b1f1d8e-7a5c-4f0e-9c55-3f6d2f6f9a01";

    [Theory]
    [InlineData("")]
    [InlineData("?before=17")]
    [InlineData("?q=%E5%86%B7%E8%94%B5%20%26%25")]
    [InlineData($"?q=a%26b&person={Person}&action=sign-in&action=tenant.open&outcome=Denied&from=2026-03-31&until=2026-04-01&before=9")]
    [InlineData("?object=8942310022000000001")]
    [InlineData("?behalf=other")]
    public void ToQueryString_OfWhatWasRead_ReadsTheSame(string address)
    {
        var query = AuditQuery.Parse(address);
        Assert.Equal(query, AuditQuery.Parse(query.ToQueryString()));
        Assert.Equal(address.Length > 0, query.ToQueryString().Length > 0);
    }

    [Fact]
    public void Parse_ReadsEveryPart() => Assert.Equal(
        new AuditQuery
        {
            Text = "a&b",
            People = FilterValues.Of([Person]),
            Actions = FilterValues.Of([AuditActions.SignedIn, AuditActions.TenantOpened]),
            Outcomes = FilterValues.Of([nameof(AuditOutcome.Denied)]),
            Behalf = FilterValues.Of([AuditQuery.OfOthers]),
            From = new DateOnly(2026, 3, 31),
            Until = new DateOnly(2026, 4, 1),
            Before = 9,
        },
        AuditQuery.Parse($"https://portal.test/t/aoba/audit?q=a%26b&person={Person.ToUpperInvariant()}&action=sign-in,tenant.open&outcome=Denied&behalf=other&from=2026-03-31&until=2026-04-01&before=9"));

    [Theory]
    [InlineData("?person=nobody")]
    [InlineData("?action=sims.delete")]
    [InlineData("?outcome=denied")]
    [InlineData("?outcome=0")]
    [InlineData("?behalf=partner")]
    [InlineData("?from=2026-02-30")]
    [InlineData("?from=0002-04-01")]
    [InlineData("?until=9999-12-31")]
    [InlineData("?before=-1")]
    [InlineData("?sort=at")]
    public void Parse_WhatItDoesNotKnow_IsLeftOut(string address) => Assert.Equal(AuditQuery.All, AuditQuery.Parse(address));

    [Theory]
    [InlineData("", false)]
    [InlineData("?before=17", false)]
    [InlineData("?q=x", true)]
    [InlineData("?outcome=Failed", true)]
    [InlineData("?object=x", true)]
    [InlineData("?until=2026-04-01", true)]
    public void IsFiltered_WhenAnythingNarrowsTheList(string address, bool filtered) => Assert.Equal(filtered, AuditQuery.Parse(address).IsFiltered);

    [Fact]
    public void Parse_LongText_IsCutToWhatIsSearchedFor() =>
        Assert.Equal(AuditQuery.MostCharacters, AuditQuery.Parse("?q=" + new string('x', 5000)).Text.Length);

    [Fact]
    public void Actions_AllAreOffered() => Assert.Equal(
        typeof(AuditActions).GetFields().Where(action => action.IsLiteral).Select(action => (string)action.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        AuditActions.All.Order(StringComparer.Ordinal));
}
