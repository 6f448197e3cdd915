using System.Text.Json;
using Soracom.Api.Payments;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>What an account pays with, as far as a page may tell it: of a card its brand and its last four digits, and nothing else, whatever the vendor adds.</summary>
/// <param name="Brand">The card's brand; empty where it is not told.</param>
/// <param name="LastDigits">The card's last four digits; empty where they are not told.</param>
/// <param name="ErrorCode">What is wrong with it, in the vendor's word; null when nothing is.</param>
/// <param name="UpdatedAt">When it was registered or changed, UTC; null where that is not told.</param>
public sealed record PaidWith(string Brand, string LastDigits, string? ErrorCode, DateTimeOffset? UpdatedAt)
{
    private const int LongestBrand = 32;

    /// <summary>Reads what the vendor tells.</summary>
    /// <param name="method">What it tells; the layout of its description is not public.</param>
    /// <returns>What may be shown.</returns>
    public static PaidWith Of(PaymentMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var (brand, digits) = ("", "");
        try
        {
            using var description = JsonDocument.Parse(method.Properties ?? "{}");
            brand = Text(description.RootElement, "cardBrand", "brand");
            digits = Text(description.RootElement, "last4", "lastFour");
        }
        catch (JsonException)
        {
            // It is told in another way by now: then nothing of it is shown.
        }

        return new PaidWith(
            brand.Length <= LongestBrand && brand.All(one => char.IsAsciiLetter(one) || one is ' ' or '-') ? $"{brand[..Math.Min(1, brand.Length)].ToUpperInvariant()}{brand[Math.Min(1, brand.Length)..]}" : "",
            digits.Length == 4 && digits.All(char.IsAsciiDigit) ? digits : "",
            method.ErrorCode is null or PaymentErrorCode.Success ? null : method.ErrorCode,
            method.UpdateDate);
    }

    private static string Text(JsonElement description, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (description.ValueKind == JsonValueKind.Object && description.TryGetProperty(name, out var told) && told.ValueKind == JsonValueKind.String)
            {
                return told.GetString()!;
            }
        }

        return "";
    }
}
