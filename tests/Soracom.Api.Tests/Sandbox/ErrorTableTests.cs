using System.Reflection;
using Soracom.Sandbox.Errors;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>The refusals of all areas, wherever they are written down.</summary>
public sealed class ErrorTableTests
{
    private static readonly List<VendorError> All =
    [
        .. typeof(VendorError).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(VendorError))
            .Select(field => (VendorError)field.GetValue(null)!),
    ];

    [Fact]
    public void Codes_AreThreeLettersAndFourDigits_AndStandForOneRefusalEach()
    {
        Assert.NotEmpty(All);
        Assert.All(All, error => Assert.Matches("^[A-Z]{3}[0-9]{4}$", error.Code));
        Assert.Empty(All.GroupBy(error => error.Code).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Words_AreInBothLanguages() => Assert.All(All, error =>
    {
        Assert.All(error.English, character => Assert.True(char.IsAscii(character)));
        Assert.Contains(error.Japanese, character => character > 0x3000);
    });
}
