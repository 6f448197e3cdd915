using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Tests.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Editing;

/// <summary>Fields of the form: each reads and writes one place of a value, and leaves everything else as it was.</summary>
public sealed class SettingFieldTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly IReadOnlyList<SettingField> All = [.. SettingCatalogue.Fields];

    /// <summary>Values as a field may find them: nothing, anything, and objects in which its place is there or not, beside members that nobody knows.</summary>
    private static Gen<(SettingField Field, JsonElement? Value, JsonElement Content)> Case =>
        from one in Gen.Elements(All.ToArray())
        from value in Gen.OneOf(Gen.Constant<JsonElement?>(null), SettingsGenerator.Value.Select(any => (JsonElement?)any), Around(one).Select(any => (JsonElement?)any))
        from content in ContentOf(one)
        select (one, value, content);

    [Fact]
    public void Written_IsReadBack_AndEverythingElseStays() => Prop.ForAll(
        Case.ToArbitrary(),
        one =>
        {
            if (one.Field.Read(one.Value).State == FieldState.Odd)
            {
                return;
            }

            var written = one.Field.Write(one.Value, one.Content)!.Value;
            var reading = one.Field.Read(written);

            Assert.Equal(FieldState.Set, reading.State);
            Assert.Equal(Shown(one.Field, one.Content), Shown(one.Field, reading.Value!.Value));
            Assert.Equal(Rest(one.Field, one.Value), Rest(one.Field, written));
        }).Check(Often);

    [Fact]
    public void Removed_IsUnset_AndEverythingElseStays() => Prop.ForAll(
        Case.ToArbitrary(),
        one =>
        {
            if (one.Field.Read(one.Value).State != FieldState.Set)
            {
                return;
            }

            var left = one.Field.Write(one.Value, null);

            Assert.Equal(FieldState.Unset, one.Field.Read(left).State);
            Assert.Equal(Rest(one.Field, one.Value), Rest(one.Field, left));
        }).Check(Often);

    [Fact]
    public void SetAndRemovedAgain_IsAsBefore() => Prop.ForAll(
        Case.ToArbitrary(),
        one =>
        {
            if (one.Field.Read(one.Value).State != FieldState.Unset || HasEmptyObject(one.Value))
            {
                return;
            }

            Assert.Equal(Plain(one.Value), Plain(one.Field.Write(one.Field.Write(one.Value, one.Content), null)));
        }).Check(Often);

    [Fact]
    public void Form_AndItsText_Agree() => Prop.ForAll(
        Case.ToArbitrary(),
        SettingsGenerator.Settings.ToArbitrary(),
        (one, others) =>
        {
            var setting = one.Field.SettingIn("SoracomAir", "entry");
            var before = one.Value is { } value ? others.With(setting, value) : others.Without(setting);
            if (one.Field.Read(before[setting]).State == FieldState.Odd)
            {
                return;
            }

            var after = before.With(setting, one.Field.Write(before[setting], one.Content)!.Value);
            var (part, problem) = SpaceText.Read(SpaceText.Of(after, "SoracomAir"), "SoracomAir", after);

            Assert.Null(problem);
            Assert.Equal(SpaceText.Part(after, "SoracomAir"), part);
            Assert.Equal(Shown(one.Field, one.Content), Shown(one.Field, one.Field.Read(part![setting]).Value!.Value));
            Assert.Equal(after, SpaceText.Between(SpaceText.Part(before, "SoracomAir"), part).Aggregate(before, (all, edit) => edit.Value is { } to ? all.With(edit.Setting, to) : all.Without(edit.Setting)));
        }).Check(Often);

    [Theory]
    [InlineData("SoracomAir.useCustomDns", "\"true\"")]
    [InlineData("SoracomAir.dnsServers", "[1,2]")]
    [InlineData("SoracomAir.ipLinkMtu", "1400.5")]
    [InlineData("SoracomAir.metadata.enabled", "true")]
    [InlineData("SoracomAir.metadata.enabled", """{"enabled":1}""")]
    [InlineData("SoracomFunk.credentialsId", """{"id":"a"}""")]
    [InlineData("SoracomFunnel.service", """{"provider":"aws"}""")]
    [InlineData("SoracomBeam.customHeaders", """{"customHeaders":{"A":{"action":1}}}""")]
    public void Odd_IsAValueOfAnotherKind(string name, string value) => Assert.Equal(FieldState.Odd, Named(name).Read(JsonElement.Parse(value)).State);

    [Theory]
    [InlineData("SoracomFunk.credentialsId", null, "\"new\"")]
    [InlineData("SoracomFunk.credentialsId", "\"old\"", "\"new\"")]
    [InlineData("SoracomFunk.credentialsId", """{"$credentialsId":"old","x":1}""", """{"$credentialsId":"new","x":1}""")]
    [InlineData("SoracomBeam.clientCert", null, """{"clientCerts":{"default":{"$credentialsId":"new"}}}""")]
    public void Reference_KeepsItsKind(string name, string? before, string after) =>
        Assert.Equal(after, Named(name).Write(before is null ? null : JsonElement.Parse(before), FieldContent.Of("new"))!.Value.GetRawText());

    [Fact]
    public void Service_KeepsWhatElseItsDestinationHolds() => Assert.Equal(
        """{"provider":"aws","x":[1],"service":"firehose","payloadsOnly":true}""",
        Named("SoracomFunnel.service").Write(JsonElement.Parse("""{"provider":"azure","x":[1],"service":"eventhubs","payloadsOnly":true}"""), FieldContent.Of("aws/firehose"))!.Value.GetRawText());

    [Fact]
    public void Header_KeepsWhatElseIsKnownOfIt()
    {
        var headers = JsonElement.Parse("""{"A":{"headerValue":"1","x":null,"headerKey":"A","action":"append"},"B":{"action":"append","headerKey":"B"}}""");
        var read = CustomHeader.In(Named("SoracomBeam.customHeaders").Read(JsonElement.Parse($$"""{"customHeaders":{{headers}}}""")));

        Assert.Equal([("A", "append", "1"), ("B", "append", "")], read.Select(header => (header.Name, header.Action, header.Value)));
        Assert.Equal(
            """{"A":{"headerValue":"2","x":null,"headerKey":"A","action":"append"},"B":{"action":"append","headerKey":"B"}}""",
            (read[0] with { Value = "2" }).PutInto(headers).GetRawText());
        Assert.Equal("""{"A":{"headerValue":"1","x":null,"headerKey":"A","action":"append"}}""", CustomHeader.Without(headers, "B")!.Value.GetRawText());
    }

    [Theory]
    [InlineData("SoracomAir.ipLinkMtu", "1400", null)]
    [InlineData("SoracomAir.ipLinkMtu", "67", FieldFault.OutOfRange)]
    [InlineData("SoracomAir.ipLinkMtu", "1501", FieldFault.OutOfRange)]
    [InlineData("SoracomAir.ipLinkMtu", "1,400", FieldFault.NotNumber)]
    [InlineData("SoracomAir.dnsServers", "192.0.2.1", null)]
    [InlineData("SoracomAir.dnsServers", "2001:db8::1", null)]
    [InlineData("SoracomAir.dnsServers", "8.8", FieldFault.NotAddress)]
    [InlineData("SoracomAir.dnsServers", "dns.example.com", FieldFault.NotAddress)]
    [InlineData("SoracomAir.metadata.allowOrigin", "https://example.com:8080", null)]
    [InlineData("SoracomAir.metadata.allowOrigin", "*", null)]
    [InlineData("SoracomAir.metadata.allowOrigin", "https://example.com/", FieldFault.NotOrigin)]
    [InlineData("SoracomAir.metadata.allowOrigin", "example.com", FieldFault.NotUrl)]
    [InlineData("SoracomEndorse.authorizedRedirectUrls", "http://localhost:3000", null)]
    [InlineData("SoracomEndorse.authorizedRedirectUrls", "javascript:alert(1)", FieldFault.NotUrl)]
    [InlineData("SoracomEndorse.authorizedRedirectUrls", "ftp://example.com", FieldFault.Scheme)]
    [InlineData("SoracomHarvest.customTimestamp.value", "/data/time", null)]
    [InlineData("SoracomHarvest.customTimestamp.value", "/a~1b~0", null)]
    [InlineData("SoracomHarvest.customTimestamp.value", "time", FieldFault.NotPointer)]
    [InlineData("SoracomHarvest.customTimestamp.value", "/a~2", FieldFault.NotPointer)]
    [InlineData("SoracomAir.binaryParserFormat", "temp::int:16", null)]
    [InlineData("SoracomAir.binaryParserFormat", "temp", FieldFault.NotFormat)]
    public void Rule_SaysWhatIsWrong(string name, string text, FieldFault? fault) => Assert.Equal(fault, Named(name).Rule.Wrong(text)?.Fault);

    [Theory]
    [InlineData("Http", "https://example.com/a", null)]
    [InlineData("Http", "tcps://example.com:1", FieldFault.Scheme)]
    [InlineData("Tcp", "tcps://example.com:1234", null)]
    [InlineData("Mqtt", "mqtts://example.com:8883", null)]
    [InlineData("Mqtt", "https://example.com", FieldFault.Scheme)]
    [InlineData("Mqtt", "example.com", FieldFault.NotUrl)]
    public void Destination_HasTheSchemesOfItsEntry(string kind, string text, FieldFault? fault) =>
        Assert.Equal(fault, SettingCatalogue.Of("SoracomBeam").Entries.Single(entry => entry.Name == kind).Destination.Rule.Wrong(text)?.Fault);

    [Fact]
    public void Addresses_AreAllThereOrNone() => Assert.Equal(FieldFault.ItemCount, Named("SoracomAir.dnsServers").Rule.Wrong(["192.0.2.1"])?.Fault);

    [Fact]
    public void Catalogue_HasTheVendorsNamespaces_AndFieldsThatAreAlone()
    {
        Assert.Equal(typeof(Soracom.Api.Groups.GroupNamespace).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal), SettingCatalogue.Spaces.Select(space => space.Name).Order(StringComparer.Ordinal));
        Assert.All(SettingCatalogue.Spaces, space => Assert.Distinct(space.Sections.SelectMany(section => section.Fields).Select(field => field.Name)));
        Assert.All(SettingCatalogue.Of("SoracomBeam").Entries, kind => Assert.Distinct(kind.Fields.Select(field => field.Name)));
    }

    private static SettingField Named(string name) => All.Single(field => field.Name == name);

    private static Gen<JsonElement> ContentOf(SettingField field) => field.Kind switch
    {
        FieldKind.Switch => Gen.Elements(true, false).Select(FieldContent.Of),
        FieldKind.Number => Gen.Choose(-5, 5).Select(number => FieldContent.Of((long)number)),
        FieldKind.TextList => Gen.Elements("", "a", "設定").ListOf().Select(items => FieldContent.Of(items)),
        FieldKind.Service => Gen.Elements("aws/kinesis", "a/b").Select(FieldContent.Of),
        FieldKind.Headers => Gen.Elements("append", "replace").Select(action => new CustomHeader("X", "X", action, "1").PutInto(null)),
        _ => Gen.Elements("a", "設定 <&>", "").Select(FieldContent.Of),
    };

    /// <summary>An object in which there is something at the field's place or on the way to it.</summary>
    private static Gen<JsonElement> Around(SettingField field) => field.Path.Steps.Reverse().Aggregate(
        Gen.OneOf(ContentOf(field).Select(content => field.Kind == FieldKind.Service ? FieldContent.Replaced(field, null, content)!.Value : content), SettingsGenerator.Value),
        (inner, step) => Within(step, inner));

    private static Gen<JsonElement> Within(string name, Gen<JsonElement> inner) =>
        from member in inner
        from before in SettingsGenerator.Value
        from after in SettingsGenerator.Value
        select JsonElement.Parse($$"""{"before":{{before.GetRawText()}},{{JsonSerializer.Serialize(name)}}:{{member.GetRawText()}},"after":{{after.GetRawText()}}}""");

    private static string Shown(SettingField field, JsonElement value) => field switch
    {
        { Kind: FieldKind.Service } when value.ValueKind == JsonValueKind.String => value.GetString()!,
        { Kind: FieldKind.TextList or FieldKind.Headers } => Plain(value),
        _ => FieldContent.Text(field, value),
    };

    /// <summary>Everything but what the field is about, in its order; empty objects do not count.</summary>
    private static string Rest(SettingField field, JsonElement? value) => value is { } known ? string.Join('\n', Leaves(field, ValuePath.Root, known)) : string.Empty;

    private static IEnumerable<string> Leaves(SettingField field, ValuePath path, JsonElement value)
    {
        if (path.Equals(field.Path) && (field.Kind != FieldKind.Service || value.ValueKind != JsonValueKind.Object) && !(field.Kind is FieldKind.Credential or FieldKind.Secret && FieldContent.IsReference(value)))
        {
            return [];
        }

        // A reference that is taken back goes with all that its object holds.
        if (path.Equals(field.Path) && field.Kind is FieldKind.Credential or FieldKind.Secret)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Where(member => !(path.Equals(field.Path) && member.Name is "provider" or "service")).SelectMany(member => Leaves(field, path.Member(member.Name), member.Value))
            : [$"{path}: {Plain(value)}"];
    }

    /// <summary>As text in which the same strings look the same, however they were escaped.</summary>
    private static string Plain(JsonElement? value) => JsonSerializer.Serialize(value);

    private static bool HasEmptyObject(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } known && (!known.EnumerateObject().Any() || known.EnumerateObject().Any(member => HasEmptyObject(member.Value)));
}
