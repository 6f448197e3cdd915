using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Events;

public sealed class RemoteLogQueryTests
{
    private const string Person = "0b1f1d8e-7a5c-4f0e-9c55-3f6d2f6f9a01";

    [Theory]
    [InlineData("")]
    [InlineData("?before=639106848000000000-17")]
    [InlineData("?sim=%E5%86%B7%E8%94%B5%20%26%25")]
    [InlineData($"?sim=a%26b&address=198.51&person={Person}&person=elsewhere&type=DENIED&type=CLOSED&door={Person}&from=2026-03-31&until=2026-04-01&before=1-9")]
    public void ToQueryString_OfWhatWasRead_ReadsTheSame(string address)
    {
        var query = RemoteLogQuery.Parse(address);
        Assert.Equal(query, RemoteLogQuery.Parse(query.ToQueryString()));
        Assert.Equal(address.Length > 0, query.ToQueryString().Length > 0);
    }

    [Fact]
    public void Parse_ReadsEveryPart() => Assert.Equal(
        new RemoteLogQuery
        {
            Sim = "a&b",
            Address = "198.51",
            People = FilterValues.Of([Person, "elsewhere"]),
            Types = FilterValues.Of(["DENIED", "CLOSED"]),
            Door = Guid.Parse(Person),
            From = new DateTime(2026, 3, 31),
            Until = new DateTime(2026, 4, 1, 13, 30, 0),
            Before = new RemoteLogPlace(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), 9),
        },
        RemoteLogQuery.Parse($"https://portal.test/t/aoba/remote-access/log?sim=a%26b&address=198.51&person={Person.ToUpperInvariant()},elsewhere&type=DENIED,CLOSED&door={Person}&from=2026-03-31&until=2026-04-01T13:30&before={new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks}-9"));

    [Theory]
    [InlineData("?person=nobody")]
    [InlineData("?type=OPENED")]
    [InlineData("?door=front")]
    [InlineData("?from=2026-02-30")]
    [InlineData("?until=9999-12-31")]
    [InlineData("?until=9999-12-31T23:59")]
    [InlineData("?from=2026-04-01T24:00")]
    [InlineData("?before=17")]
    [InlineData("?before=-1-1")]
    [InlineData("?before=9223372036854775807-1")]
    [InlineData("?before=1-2-3")]
    public void Parse_WhatItDoesNotKnow_IsLeftOut(string address) => Assert.Equal(RemoteLogQuery.All, RemoteLogQuery.Parse(address));

    [Theory]
    [InlineData("", false)]
    [InlineData("?before=1-17", false)]
    [InlineData("?sim=x", true)]
    [InlineData("?address=x", true)]
    [InlineData("?person=elsewhere", true)]
    public void IsFiltered_WhenAnythingNarrowsTheList(string address, bool filtered) => Assert.Equal(filtered, RemoteLogQuery.Parse(address).IsFiltered);

    [Fact]
    public void Parse_Days_AreTakenWhole()
    {
        var query = RemoteLogQuery.Parse("?from=2026-04-01&until=2026-04-01");
        Assert.Equal((new DateTime(2026, 4, 1), new DateTime(2026, 4, 1, 23, 59, 0)), (query.From, query.Until));
    }

    [Fact]
    public void Parse_LongText_IsCutToWhatIsSearchedFor() =>
        Assert.Equal(RemoteLogQuery.MostCharacters, RemoteLogQuery.Parse("?sim=" + new string('x', 5000)).Sim.Length);
}
