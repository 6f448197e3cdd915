using Soracom.Sandbox.Http;
using Soracom.Sandbox.SoraCam;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Billing;

/// <summary>Something that is charged for cameras in a month.</summary>
/// <param name="Item">What.</param>
/// <param name="UnitPrice">In billionths, net.</param>
/// <param name="Quantity">Licences or seconds.</param>
internal sealed record CameraCharge(BillItem Item, long UnitPrice, long Quantity)
{
    /// <summary>
    /// The licences of the account, on cameras or not, as many as it had at most in the month; and exports beyond what is free. Cameras live on
    /// the Japan coverage.
    /// </summary>
    public static IReadOnlyList<CameraCharge> Of(OperatorAccount account, Coverage coverage, BillMonth month)
    {
        if (coverage != Coverage.Japan)
        {
            return [];
        }

        var prices = account.World.Options.Undocumented.CameraPrices;
        var cameras = account.Data(coverage).Part<SoraCamPart>();
        var (start, end) = (month.Start.ToUnixTimeMilliseconds(), month.End.ToUnixTimeMilliseconds());
        var licences = Licence.All.Select(licence => new CameraCharge(BillItem.CameraLicence, PriceOf(licence, prices), cameras.MostOf(licence.Id, start, end)));
        var exports = new CameraCharge(BillItem.CameraExport, (long)(prices.ExportSecond * Money.One), cameras.BilledSeconds(month.ToString()));
        return [.. licences.Append(exports).Where(charge => charge.Quantity > 0 && charge.UnitPrice > 0)];
    }

    private static long PriceOf(Licence licence, CameraPrices prices) => (long)(Money.One * (licence.Mode == RecordingMode.Continuous
        ? prices.ContinuousMonth + (prices.ContinuousMonthPerDay * licence.Days)
        : prices.MotionMonth + (prices.MotionMonthPerDay * licence.Days)));
}
