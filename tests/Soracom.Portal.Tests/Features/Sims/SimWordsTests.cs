using System.Reflection;
using Microsoft.Extensions.Localization;
using Soracom.Api.Sims;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Sims;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>Every value that the vendor is known to use has a word in both languages, or is shown as it is on purpose.</summary>
public sealed class SimWordsTests(SharedScene shared)
{
    private readonly IStringLocalizer<Strings> words = shared.Scene.Get<IStringLocalizer<Strings>>();

    public static TheoryData<string> Languages => ["en", "ja"];

    private static string[] Statuses => [.. ValuesOf(typeof(SimStatus)), SimWords.InStock, SimWords.Delivered];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Values_EachHasAWordOfItsOwn(string language)
    {
        using var speaking = new Speaking(language);

        AssertWords(Statuses, SimWords.Status);
        AssertWords(ValuesOf(typeof(ModuleType)), SimWords.ModuleTypeName);
        AssertWords(ValuesOf(typeof(SimType)), SimWords.TypeName);
        AssertWords(ValuesOf(typeof(ExpiryAction)), SimWords.ExpiryActionName);
    }

    [Fact]
    public void Values_ThatTheVendorAddedSince_AreShownAsTheyAre()
    {
        Assert.Equal("transferring", SimWords.Status(words, "transferring"));
        Assert.Equal("pico", SimWords.ModuleTypeName(words, "pico"));
    }

    [Fact]
    public void Filters_OfferEveryStatusOfASimAndEveryModuleType()
    {
        Assert.Equal(Statuses.Except([SimWords.Delivered]).Order(StringComparer.Ordinal), SimWords.Statuses.Order(StringComparer.Ordinal));
        Assert.Equal(ValuesOf(typeof(ModuleType)).Order(StringComparer.Ordinal), SimWords.ModuleTypes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Badges_OfKnownStatuses_HaveASignThatThePortalShips()
    {
        var icons = File.ReadAllText(Repository.PathOf("src/Soracom.Portal/wwwroot/icons.svg"));
        Assert.All([.. Statuses, "transferring", null], status => Assert.Contains($"id=\"{SimWords.Badge(status).Icon}\"", icons, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ValuesOf(Type values) => values.GetFields(BindingFlags.Public | BindingFlags.Static).Select(value => (string)value.GetRawConstantValue()!);

    private void AssertWords(IEnumerable<string> values, Func<IStringLocalizer<Strings>, string, string> word)
    {
        var said = values.Select(value => (Value: value, Word: word(words, value))).ToList();
        Assert.All(said, pair => Assert.NotEqual(pair.Value, pair.Word));
        Assert.Equal(said.Count, said.Select(pair => pair.Word).Distinct(StringComparer.Ordinal).Count());
    }
}
