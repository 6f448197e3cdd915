using Soracom.Portal.Data.Billing;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>Amounts of payments in figures.</summary>
internal static class PaymentWords
{
    /// <summary>An amount; a dash where the vendor tells none, and the bare figure where it names no currency.</summary>
    public static string Amount(decimal? amount, string? currency) => amount is not { } told ? "–" : MoneyText.Of(new Money(told, currency ?? "")).TrimStart();
}
