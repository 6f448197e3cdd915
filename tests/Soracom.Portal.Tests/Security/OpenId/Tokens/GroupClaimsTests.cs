using System.Text.Json;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Tests.Security.OpenId.Tokens;

/// <summary>Groups are those that the token names, or they are not known: nothing in between.</summary>
public sealed class GroupClaimsTests
{
    [Theory]
    [InlineData("""{"groups":["b","a","b"]}""", "b,a")]
    [InlineData("""{"groups":"a b"}""", "a b")]
    [InlineData("""{"groups":[]}""", "")]
    [InlineData("""{"groups":["a"],"hasgroups":false}""", "a")]
    [InlineData("""{"groups":["a"],"_claim_names":{"roles":"src1"}}""", "a")]
    public void Read_WhatTheTokenNames(string claims, string names) =>
        Assert.Equal((names, null), Read(claims) switch { var read => (string.Join(',', read.Names), read.Unknown) });

    [Theory]
    [InlineData("""{"_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph.example.test"}}}""", GroupsUnknown.Elsewhere)]
    [InlineData("""{"groups":["a"],"_claim_names":{"groups":"src1"}}""", GroupsUnknown.Elsewhere)]
    [InlineData("""{"hasgroups":true}""", GroupsUnknown.Elsewhere)]
    [InlineData("""{"hasgroups":"true"}""", GroupsUnknown.Elsewhere)]
    [InlineData("""{"_claim_names":"groups"}""", GroupsUnknown.Odd)]
    [InlineData("""{}""", GroupsUnknown.Absent)]
    [InlineData("""{"groups":null}""", GroupsUnknown.Absent)]
    [InlineData("""{"Groups":["a"],"roles":["b"]}""", GroupsUnknown.Absent)]
    [InlineData("""{"hasgroups":false}""", GroupsUnknown.Absent)]
    [InlineData("""{"groups":7}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":{"a":true}}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":""}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":["a",7]}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":["a",null]}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":["a",["b"]]}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":["a","\u0007"]}""", GroupsUnknown.Odd)]
    [InlineData("""{"groups":["a","\ud800"]}""", GroupsUnknown.Odd)]
    public void Read_WhatTheTokenDoesNotSay_IsUnknown_AndNotAPartOfIt(string claims, GroupsUnknown why) =>
        Assert.Equal((0, why), Read(claims) switch { var read => (read.Names.Count, read.Unknown) });

    [Fact]
    public void Read_AsManyAndAsLongAsThereMayBe_AndOneMore()
    {
        var longest = new string('g', GroupGrant.GroupIdLength);

        Assert.Equal(GroupClaims.Most, Read(Claims(Enumerable.Range(0, GroupClaims.Most).Select(number => $"{number}"))).Names.Count);
        Assert.Equal(GroupsUnknown.TooMany, Read(Claims(Enumerable.Range(0, GroupClaims.Most + 1).Select(number => $"{number}"))).Unknown);
        Assert.Equal([longest], Read(Claims([longest])).Names);
        Assert.Equal(GroupsUnknown.Odd, Read(Claims(["a", longest + "g"])).Unknown);
    }

    [Fact]
    public void Read_AnotherClaim_KnowsNothingOfEntrasGroups() =>
        Assert.Equal(["admin"], Read("""{"hasgroups":true,"_claim_names":{"groups":"src1"},"roles":["admin"]}""", "roles").Names);

    [Theory]
    [InlineData("groups", true)]
    [InlineData("https://example.test/claims/groups", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("sub", false)]
    [InlineData("oid", false)]
    [InlineData("a\nb", false)]
    public void IsSensible_OfAClaimThatCanNameGroups(string claim, bool sensible) => Assert.Equal(sensible, GroupClaims.IsSensible(claim));

    private static string Claims(IEnumerable<string> groups) => JsonSerializer.Serialize(new { groups });

    private static ClaimedGroups Read(string claims, string name = "groups")
    {
        using var document = JsonDocument.Parse(claims);
        return GroupClaims.Read(document.RootElement, name);
    }
}
