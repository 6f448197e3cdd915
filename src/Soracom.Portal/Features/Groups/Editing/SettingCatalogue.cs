using Soracom.Api.Groups;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What is known of a namespace.</summary>
/// <param name="Name">The vendor's name.</param>
/// <param name="Label">What people call it, in every language.</param>
/// <param name="Sections">Its known keys; none where no key is public.</param>
public sealed record SettingSpace(string Name, string Label, IReadOnlyList<SettingSection> Sections)
{
    /// <summary>The kinds of entries whose keys are addresses; none but in Beam.</summary>
    public IReadOnlyList<EntryKind> Entries { get; init; } = [];

    /// <summary>Whether a key has fields of its own.</summary>
    public bool Knows(string key) => Sections.Any(section => section.Fields.Any(field => field.Key == key)) || EntryOf(key) is not null;

    /// <summary>The kind of the entry that a key is the address of; null when it is none that is known.</summary>
    public EntryKind? EntryOf(string key) => Entries.FirstOrDefault(kind => kind.Is(key));
}

/// <summary>Fields that belong together.</summary>
/// <param name="Name">Its name in the resources.</param>
/// <param name="Fields">The fields.</param>
public sealed record SettingSection(string Name, IReadOnlyList<SettingField> Fields);

/// <summary>A kind of entry point.</summary>
/// <param name="Name">Its name in the resources.</param>
/// <param name="Address">Its address, or what its addresses begin with.</param>
/// <param name="TakesPath">Whether the address goes on with a path, so that there can be several.</param>
/// <param name="Fields">The fields of an entry.</param>
public sealed record EntryKind(string Name, string Address, bool TakesPath, IReadOnlyList<SettingField> Fields)
{
    /// <summary>Where it sends to, without which a new one would be of no use.</summary>
    public SettingField Destination => Fields.First(one => one.Path.Steps is ["destination"]);

    /// <summary>Whether a key is the address of such an entry.</summary>
    public bool Is(string key) => TakesPath ? key.StartsWith(Address, StringComparison.Ordinal) : key == Address;
}

/// <summary>The keys of groups' settings that are public, as fields. Everything else is edited as JSON.</summary>
internal static class SettingCatalogue
{
    // Not documented: what IPv4 asks of every link, and what Ethernet carries.
    private const long LeastMtu = 68;
    private const long MostMtu = 1500;
    private const long LongestTokenSeconds = 60L * 60 * 24 * 365;

    private static readonly SettingField[] EntryFields =
    [
        Entry("enabled", FieldKind.Switch),
        Entry("name", FieldKind.Text),
    ];

    private static readonly SettingField[] HeaderFields =
    [
        Entry("addSubscriberHeader", FieldKind.Switch),
        Entry("addSimIdHeader", FieldKind.Switch),
        Entry("addMsisdnHeader", FieldKind.Switch),
        Entry("addEquipmentHeader", FieldKind.Switch),
        Entry("addSignature", FieldKind.Switch),
        Entry("psk", FieldKind.Secret),
        Entry("customHeaders", FieldKind.Headers),
    ];

    private static readonly SettingField[] SocketFields = [Entry("addSubscriberHeader", FieldKind.Switch), Entry("addSimIdHeader", FieldKind.Switch), Entry("addSignature", FieldKind.Switch), Entry("psk", FieldKind.Secret)];

    private static readonly SettingField[] MqttFields =
    [
        Entry("useClientCredentials", FieldKind.Switch),
        Entry("username", FieldKind.Text),
        Entry("password", FieldKind.Secret),
        Entry("useClientCert", FieldKind.Switch),
        new("SoracomBeam.clientCert", FieldKind.Credential, string.Empty, At("clientCerts", "default")) { ReferencesByObject = true, When = new FieldCondition(string.Empty, At("useClientCert"), ["true"]) },
        Entry("addSubscriberHeader", FieldKind.Switch),
    ];

    private static readonly string[] FunkServices = ["aws/lambda", "azure/function-app", "google/cloud-functions"];

    private static readonly string[] FunnelServices =
    [
        "aws/kinesis", "aws/firehose", "aws/aws-iot", "azure/eventhubs", "google/pubsub", "acroquest/torrentio", "brains-tech/impulse", "esrij/arcgis-online", "infocorpus/sensorcorpus", "infoteria/platio",
        "kii/thingif", "landlog/landlog", "optim/cloudiotos", "teradata/intellicloud", "wingarc/motionboard", "yaskawa/mmcloud",
    ];

    private static readonly string[] PayloadsOnlyServices = ["aws/kinesis", "aws/firehose", "aws/aws-iot", "azure/eventhubs", "google/pubsub"];

    /// <summary>The vendor's namespaces, in the order of the form.</summary>
    public static IReadOnlyList<SettingSpace> Spaces { get; } =
    [
        new(GroupNamespace.Air, "Air",
        [
            new("Dns",
            [
                Field(GroupNamespace.Air, FieldKind.Switch, "useCustomDns"),
                Field(GroupNamespace.Air, FieldKind.TextList, "dnsServers") with { Rule = new AddressesRule(2), Example = "192.0.2.53", When = On("useCustomDns") },
            ]),
            new("Metadata",
            [
                Field(GroupNamespace.Air, FieldKind.Switch, "metadata", "enabled"),
                Field(GroupNamespace.Air, FieldKind.Switch, "metadata", "readonly") with { When = On("metadata", "enabled") },
                Field(GroupNamespace.Air, FieldKind.Switch, "metadata", "minimizeResponseBody") with { When = On("metadata", "enabled") },
                Field(GroupNamespace.Air, FieldKind.Text, "metadata", "allowOrigin") with { Rule = new OriginRule(), Example = "https://example.com", When = On("metadata", "enabled") },
                Field(GroupNamespace.Air, FieldKind.LongText, "userdata"),
            ]),
            new("Chap",
            [
                Field(GroupNamespace.Air, FieldKind.Switch, "authenticationRequired"),
                Field(GroupNamespace.Air, FieldKind.Text, "username") with { When = On("authenticationRequired") },
                Field(GroupNamespace.Air, FieldKind.Secret, "password") with { When = On("authenticationRequired") },
            ]),
            new("Vpg",
            [
                Field(GroupNamespace.Air, FieldKind.Switch, "useVpg"),
                Field(GroupNamespace.Air, FieldKind.Gateway, "vpgId") with { When = On("useVpg") },
            ]),
            new("Parser",
            [
                Field(GroupNamespace.Air, FieldKind.Switch, "binaryParserEnabled"),
                Field(GroupNamespace.Air, FieldKind.BinaryFormat, "binaryParserFormat") with
                {
                    Rule = new BinaryFormatRule(),
                    Choices = ["@button", "@soracom.button", "@sensit", "@sensit.v3", "@unashield"],
                    Example = "temp::int:16:/10 humid::uint:8",
                    When = On("binaryParserEnabled"),
                },
            ]),
            new("Link",
            [
                Field(GroupNamespace.Air, FieldKind.Number, "ipLinkMtu") with { Rule = new NumberRule(LeastMtu, MostMtu), Example = "1400" },
                Field(GroupNamespace.Air, FieldKind.Switch, "locationEnabled"),
                Field(GroupNamespace.Air, FieldKind.Switch, "sessionEventEnabled"),
            ]),
        ]),
        new(GroupNamespace.Beam, "Beam", [])
        {
            Entries =
            [
                Point("Http", "http://beam.soracom.io:8888/", true, HeaderFields, "https", "http"),
                Point("Website", "http://beam.soracom.io:18080", false, HeaderFields, "https", "http"),
                Point("UdpHttp", "udp://beam.soracom.io:23080", false, [Entry("skipStatusCode", FieldKind.Switch), .. HeaderFields], "https", "http"),
                Point("TcpHttp", "tcp://beam.soracom.io:23080", false, [Entry("skipStatusCode", FieldKind.Switch), .. HeaderFields], "https", "http"),
                Point("Tcp", "tcp://beam.soracom.io:8023", false, SocketFields, "tcps", "tcp"),
                Point("Mqtt", "mqtt://beam.soracom.io:1883", false, MqttFields, "mqtts", "mqtt"),
            ],
        },
        new(GroupNamespace.Funnel, "Funnel",
        [
            new("Destination", Destination(GroupNamespace.Funnel, FunnelServices,
            [
                Extra("payloadsOnly", PayloadsOnlyServices),
                Extra("randomizePartitionKey", ["aws/kinesis"]),
                Extra("sendPayloadsAsBinary", ["aws/aws-iot"]),
            ])),
            new("Payload",
            [
                Field(GroupNamespace.Funnel, FieldKind.Choice, "contentType") with { Choices = ["json", "text", "binary", "unspecified", "application/x-soracom-bf-v1"] },
                Field(GroupNamespace.Funnel, FieldKind.Switch, "addSimId"),
            ]),
        ]),
        new(GroupNamespace.Funk, "Funk",
        [
            new("Destination", Destination(GroupNamespace.Funk, FunkServices, [])),
            new("Payload", [Field(GroupNamespace.Funk, FieldKind.Choice, "contentType") with { Choices = ["json", "text", "binary"] }]),
        ]),
        new(GroupNamespace.Harvest, "Harvest Data",
        [
            new("Harvest", [Field(GroupNamespace.Harvest, FieldKind.Switch, "enabled")]),
            new("Timestamp",
            [
                Field(GroupNamespace.Harvest, FieldKind.Choice, "customTimestamp", "type") with { Choices = ["jsonpointer"] },
                Field(GroupNamespace.Harvest, FieldKind.Text, "customTimestamp", "value") with { Rule = new PointerRule(), Example = "/time" },
                Field(GroupNamespace.Harvest, FieldKind.Choice, "customTimestamp", "format") with { Choices = ["iso-8601"] },
            ]),
        ]),
        new(GroupNamespace.HarvestFiles, "Harvest Files", [new("Harvest", [Field(GroupNamespace.HarvestFiles, FieldKind.Switch, "enabled")])]),
        new(GroupNamespace.Endorse, "Endorse",
        [
            new("Endorse",
            [
                Field(GroupNamespace.Endorse, FieldKind.Switch, "enabled"),
                Field(GroupNamespace.Endorse, FieldKind.Number, "tokenTimeoutSeconds") with { Rule = new NumberRule(1, LongestTokenSeconds), Example = "600" },
            ]),
            new("Endorsed", [.. new[] { "imei", "imsi", "msisdn", "simId", "requestParameters" }.Select(name => Field(GroupNamespace.Endorse, FieldKind.Switch, "parametersToEndorse", name))]),
            new("Callers",
            [
                Field(GroupNamespace.Endorse, FieldKind.Text, "allowOrigin") with { Rule = new OriginRule(), Example = "https://example.com" },
                Field(GroupNamespace.Endorse, FieldKind.TextList, "authorizedRedirectUrls") with { Rule = new UrlRule("https", "http"), Example = "https://example.com/callback" },
            ]),
        ]),
        new(GroupNamespace.Krypton, "Krypton", []),
        new(GroupNamespace.Orbit, "Orbit", []),
        new(GroupNamespace.Flux, "Flux", []),
        new(GroupNamespace.UnifiedEndpoint, "Unified Endpoint", [new("Response", [Field(GroupNamespace.UnifiedEndpoint, FieldKind.Text, "response", "format")])]),
    ];

    /// <summary>All fields, those of entries too, each once.</summary>
    public static IEnumerable<SettingField> Fields =>
        Spaces.SelectMany(space => space.Sections.SelectMany(section => section.Fields).Concat(space.Entries.SelectMany(kind => kind.Fields))).DistinctBy(one => one.Name, StringComparer.Ordinal);

    /// <summary>What is known of a namespace; one without known keys when nothing is.</summary>
    public static SettingSpace Of(string name) => Spaces.FirstOrDefault(space => space.Name == name) ?? new SettingSpace(name, name, []);

    private static ValuePath At(params string[] steps) => steps.Aggregate(ValuePath.Root, (path, step) => path.Member(step));

    private static SettingField Field(string space, FieldKind kind, string key, params string[] inside) =>
        new($"{space}.{string.Join('.', [key, .. inside])}", kind, key, At(inside));

    private static SettingField Entry(string member, FieldKind kind) => new($"{GroupNamespace.Beam}.{member}", kind, string.Empty, At(member))
    {
        When = member switch
        {
            "psk" => new FieldCondition(string.Empty, At("addSignature"), ["true"]),
            _ => null,
        },
    };

    private static EntryKind Point(string name, string address, bool takesPath, SettingField[] fields, params string[] schemes) => new(
        name, address, takesPath, [.. EntryFields, Entry("destination", FieldKind.Text) with { Rule = new UrlRule(schemes), Example = $"{schemes[0]}://example.com{(schemes[0] is "https" ? "/path" : ":8883")}" }, .. fields]);

    private static SettingField[] Destination(string space, string[] services, SettingField[] extras) =>
    [
        Field(space, FieldKind.Switch, "enabled"),
        new($"{space}.service", FieldKind.Service, "destination", ValuePath.Root) { Choices = services },
        Field(space, FieldKind.Text, "destination", "resourceUrl"),
        .. extras,
        Field(space, FieldKind.Credential, "credentialsId"),
    ];

    private static SettingField Extra(string member, string[] services) =>
        Field(GroupNamespace.Funnel, FieldKind.Switch, "destination", member) with { When = new FieldCondition("destination", ValuePath.Root, services) };

    private static FieldCondition On(string key, params string[] inside) => new(key, At(inside), ["true"]);
}
