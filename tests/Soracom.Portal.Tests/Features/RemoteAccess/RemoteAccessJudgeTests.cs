using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.RemoteAccess.Sources;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>The one function that says whether a door may be opened.</summary>
public sealed class RemoteAccessJudgeTests
{
    private static readonly Requester Owner = new(TenantRole.Owner, MayOpen: true, MayAnywhere: true);
    private static readonly Requester Operator = new(TenantRole.Operator, MayOpen: true, MayAnywhere: false) { PersonId = new Guid("0199c2f0-0000-7000-8000-000000000001") };
    private static readonly Requester Viewer = new(TenantRole.Viewer, MayOpen: false, MayAnywhere: false);

    /// <summary>A policy, a request and who asks; and every rule that stands against it.</summary>
    public static TheoryData<string, Action<RemoteAccessPolicy>, Func<DoorRequest, DoorRequest>, string, string> Cases => new()
    {
        { "no policy of one's own", _ => { }, request => request, "operator", "" },
        { "no policy, no reason", _ => { }, request => request with { Reason = "  " }, "operator", "NoReason" },
        { "no policy, eight hours", _ => { }, request => request with { Duration = TimeSpan.FromHours(8) }, "operator", "" },
        { "no policy, more than the vendor's eight hours", _ => { }, request => request with { Duration = TimeSpan.FromHours(8).Add(TimeSpan.FromSeconds(1)) }, "operator", "TooLong 480" },
        { "a policy that claims more than the vendor's eight hours", policy => policy.LongestMinutes = 10_000, request => request with { Duration = TimeSpan.FromHours(9) }, "owner", "TooLong 480" },
        { "a viewer", _ => { }, request => request, "viewer", "MayNotOpen" },
        { "an allowed port", policy => policy.DevicePorts = "22 5900-5910", request => request with { DevicePort = 5905 }, "operator", "" },
        { "another port", policy => policy.DevicePorts = "22 5900-5910", request => request with { DevicePort = 5911 }, "operator", "DevicePort 22, 5900-5910" },
        { "ports that can't be read allow none", policy => policy.DevicePorts = "22 ssh", request => request, "owner", "DevicePort 22, ssh" },
        { "exactly as long as allowed", policy => policy.LongestMinutes = 15, request => request, "operator", "" },
        { "a second longer than allowed", policy => policy.LongestMinutes = 15, request => request with { Duration = TimeSpan.FromMinutes(15).Add(TimeSpan.FromSeconds(1)) }, "operator", "TooLong 15" },
        { "TLS where it is required", policy => policy.TlsRequired = true, request => request with { Tls = true }, "operator", "" },
        { "no TLS where it is required", policy => policy.TlsRequired = true, request => request, "owner", "Tls" },
        { "no source", _ => { }, request => request with { Sources = Ranges("") }, "owner", "NoSource" },
        { "from anywhere, by an owner", _ => { }, request => request with { Sources = Ranges("0.0.0.0/0") }, "owner", "" },
        { "from anywhere, by an operator", _ => { }, request => request with { Sources = Ranges("0.0.0.0/0") }, "operator", "AnywhereNotPermitted" },
        { "from anywhere in halves, by an operator", _ => { }, request => request with { Sources = Ranges("0.0.0.0/1 128.0.0.0/1") }, "operator", "AnywhereNotPermitted" },
        { "from anywhere in nearly all parts but the last, by an operator", _ => { }, request => request with { Sources = Ranges("1.0.0.0/8 2.0.0.0/8 3.0.0.0/8 4.0.0.0/8 5.0.0.0/8 6.0.0.0/8 7.0.0.0/8 8.0.0.0/8 9.0.0.0/8 11.0.0.0/8") }, "operator", "AnywhereNotPermitted" },
        { "two large ranges, by an operator", _ => { }, request => request with { Sources = Ranges("126.0.0.0/8 133.0.0.0/8") }, "operator", "AnywhereNotPermitted" },
        { "two large ranges, by an owner", _ => { }, request => request with { Sources = Ranges("126.0.0.0/8 133.0.0.0/8") }, "owner", "" },
        { "two large ranges where nobody may", policy => policy.SourceRule = RemoteSourceRule.NeverAnywhere, request => request with { Sources = Ranges("126.0.0.0/8 133.0.0.0/8") }, "owner", "AnywhereNever" },
        { "a large range twice over", _ => { }, request => request with { Sources = Ranges("126.0.0.0/8 126.0.0.0/9 126.128.0.0/9") }, "operator", "" },
        { "from a large range", _ => { }, request => request with { Sources = Ranges("126.0.0.0/8") }, "operator", "" },
        { "from anywhere where nobody may", policy => policy.SourceRule = RemoteSourceRule.NeverAnywhere, request => request with { Sources = Ranges("0.0.0.0/0") }, "owner", "AnywhereNever" },
        { "within the fixed ranges", policy => Fix(policy, "203.0.113.0/24"), request => request, "operator", "" },
        { "beside the fixed ranges", policy => Fix(policy, "203.0.113.0/24"), request => request with { Sources = Ranges("203.0.113.5 198.51.100.1") }, "owner", "OutsideFixed 203.0.113.0/24" },
        { "larger than the fixed ranges", policy => Fix(policy, "203.0.113.0/24"), request => request with { Sources = Ranges("203.0.112.0/23") }, "owner", "OutsideFixed 203.0.113.0/24" },
        { "fixed to anywhere, by an operator", policy => Fix(policy, "0.0.0.0/0"), request => request with { Sources = Ranges("0.0.0.0/0") }, "operator", "AnywhereNotPermitted" },
        { "fixed to nothing", policy => Fix(policy, ""), request => request, "owner", "OutsideFixed " },
        { "no reason where none is required", policy => policy.ReasonRequired = false, request => request with { Reason = "" }, "operator", "" },
        { "no ticket where one is required", policy => policy.TicketRequired = true, request => request, "operator", "NoTicket" },
        { "a ticket where one is required", policy => policy.TicketRequired = true, request => request with { Ticket = "anything" }, "operator", "" },
        { "a ticket that fits", policy => policy.TicketPattern = "OPS-[0-9]+", request => request with { Ticket = " OPS-12 " }, "operator", "" },
        { "a ticket that fits in part only", policy => policy.TicketPattern = "OPS-[0-9]+", request => request with { Ticket = "see OPS-12" }, "operator", "TicketPattern OPS-[0-9]+" },
        { "a ticket with a line more", policy => policy.TicketPattern = "OPS-[0-9]+", request => request with { Ticket = "OPS-12\nx" }, "operator", "TicketPattern OPS-[0-9]+" },
        { "an alternative is of the whole", policy => policy.TicketPattern = "OPS-1|DEV-2", request => request with { Ticket = "OPS-1 and more" }, "operator", "TicketPattern OPS-1|DEV-2" },
        { "no ticket where only its form is fixed", policy => policy.TicketPattern = "OPS-[0-9]+", request => request, "operator", "" },
        { "a pattern that can't be used fits nothing", policy => policy.TicketPattern = "(", request => request with { Ticket = "(" }, "owner", "TicketPattern (" },
        { "a rule for the group", policy => Let(policy, new OpenerRule { Group = "g1" }), request => request, "operator", "" },
        { "a rule for another group", policy => Let(policy, new OpenerRule { Group = "g2" }), request => request, "owner", "NotThisSim" },
        { "one of several rules", policy => Let(policy, new OpenerRule { Group = "g2" }, new OpenerRule { Tag = "site", Value = "札幌" }), request => request, "operator", "" },
        { "a rule for a tag of any value", policy => Let(policy, new OpenerRule { Tag = "site" }), request => request, "operator", "" },
        { "a rule for another value", policy => Let(policy, new OpenerRule { Tag = "site", Value = "東京" }), request => request, "operator", "NotThisSim" },
        { "a rule for another role", policy => Let(policy, new OpenerRule { Role = TenantRole.Owner, Group = "g1" }), request => request, "operator", "NotThisSim" },
        { "all of a rule must fit", policy => Let(policy, new OpenerRule { Role = TenantRole.Operator, Group = "g1", Tag = "missing" }), request => request, "operator", "NotThisSim" },
        { "a rule for the person", policy => Let(policy, new OpenerRule { Person = Operator.PersonId, Group = "g1" }), request => request, "operator", "" },
        { "a rule for the person and another group", policy => Let(policy, new OpenerRule { Person = Operator.PersonId, Group = "g2" }), request => request, "operator", "NotThisSim" },
        { "a rule for another person", policy => Let(policy, new OpenerRule { Person = Guid.NewGuid() }), request => request, "operator", "NotThisSim" },
        { "a rule for another person, and an owner", policy => Let(policy, new OpenerRule { Person = Operator.PersonId }), request => request, "owner", "NotThisSim" },
        { "rules that say more than is known here fit nobody", policy => policy.Openers = """[{"group":"g1","weekday":"Monday"}]""", request => request, "operator", "Unreadable" },
        { "a pattern that ends what is put around it fits nothing", policy => policy.TicketPattern = "a)|(?:b", request => request with { Ticket = "azzz" }, "owner", "TicketPattern a)|(?:b" },
        { "rules that can't be read fit nobody", policy => policy.Openers = "[{", request => request, "owner", "Unreadable" },
        {
            "everything at once, each said",
            policy => (policy.DevicePorts, policy.LongestMinutes, policy.TlsRequired, policy.SourceRule, policy.TicketRequired) = ("443", 5, true, RemoteSourceRule.NeverAnywhere, true),
            request => request with { Reason = "", Sources = Ranges("0.0.0.0/0") },
            "viewer",
            "MayNotOpen; DevicePort 443; TooLong 5; Tls; AnywhereNever; NoReason; NoTicket"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decide_EachRule_SaysSoAndNothingElse(string what, Action<RemoteAccessPolicy> set, Func<DoorRequest, DoorRequest> ask, string who, string expected)
    {
        var policy = new RemoteAccessPolicy { TenantId = Guid.NewGuid() };
        set(policy);

        var decision = RemoteAccessJudge.Decide(policy, ask(Request()), who switch { "owner" => Owner, "operator" => Operator, _ => Viewer }, Sim());

        Assert.Equal((what, expected), (what, string.Join("; ", decision.Reasons.Select(reason => reason.Arguments.Count == 0 ? $"{reason.Rule}" : $"{reason.Rule} {reason.Arguments[0]}"))));
        Assert.Equal(expected.Length == 0 ? RemoteAccessOutcome.Allow : RemoteAccessOutcome.Deny, decision.Outcome);
    }

    [Fact]
    public void Cases_MeetEveryRule() =>
        Assert.Equal(
            Enum.GetNames<PolicyRule>().Order(StringComparer.Ordinal),
            Cases.SelectMany(row => row.Data.Item5.Split("; ")).Select(said => said.Split(' ')[0]).Where(said => said.Length > 0).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", true)]
    [InlineData("OPS-[0-9]{1,6}", true)]
    [InlineData("(a+)+b", true)]
    [InlineData("(?=OPS).*", false)]
    [InlineData(@"(a)\1", false)]
    [InlineData("[", false)]
    [InlineData("a)|(?:b", false)]
    [InlineData("(?x)OPS-[0-9]+ # all", false)]
    public void TicketPattern_WhatCanBeMatchedInTime_IsUsable(string pattern, bool usable) => Assert.Equal(usable, TicketPattern.IsUsable(pattern));

    [Fact]
    public void TicketPattern_ThatWouldGoBackForEver_AnswersAtOnce() => Assert.False(TicketPattern.Fits("(a+)+b", new string('a', 100)));

    [Fact]
    public void OpenerRules_WrittenAndRead_AreTheSame()
    {
        OpenerRule[] rules = [new() { Role = TenantRole.Operator, Group = "g1" }, new() { Person = Guid.NewGuid() }, new() { Tag = "site", Value = "札幌" }, new()];

        Assert.Equal(rules, OpenerRule.Read(OpenerRule.Write(rules)));
        Assert.Empty(OpenerRule.Read(OpenerRule.Write([]))!);
    }

    private static DoorRequest Request() => new() { SimId = "8942310000000000001", DevicePort = 22, Sources = Ranges("203.0.113.5"), Reason = "Repair" };

    private static DoorSim Sim() => new(
        "8942310000000000001", "OP0000000001", "A", "440101234567890", "g1", new Dictionary<string, string>(StringComparer.Ordinal) { ["site"] = "札幌" }, "active", IsOnline: true, "air");

    private static SourceRanges Ranges(string text) => SourceRanges.Parse(text, out _)!;

    private static void Fix(RemoteAccessPolicy policy, string ranges) => (policy.SourceRule, policy.SourceRanges) = (RemoteSourceRule.Fixed, ranges);

    private static void Let(RemoteAccessPolicy policy, params OpenerRule[] rules) => policy.Openers = OpenerRule.Write(rules);
}
