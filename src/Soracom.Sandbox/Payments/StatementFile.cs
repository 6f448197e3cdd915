using System.Globalization;
using System.Text;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Payments;

/// <summary>
/// A payment statement as PDF: one page of text. Its font is not embedded; it is one of those that every viewer has a
/// substitute for, Japanese included.
/// </summary>
internal static class StatementFile
{
    private const int Left = 60;
    private const int Top = 780;
    private const int LineHeight = 26;

    public static DownloadKind Kind { get; } = new("statements", Open);

    public static string KeyOf(string statementId) => $"{statementId}/statement_{statementId}.pdf";

    private static Answer Open(Download download)
    {
        var id = download.Key.Split('/')[0];
        var billing = download.Account.Data(download.Coverage).Part<BillingPart>();
        var payment = PaymentLedger.Of(billing, download.Now).Payments.FirstOrDefault(payment => payment.StatementId == id) ?? throw new VendorException(VendorErrors.BadLink);
        return Answer.Bytes("application/pdf", Write(Lines(download, billing.Money, payment))) with
        {
            Headers = [("Content-Disposition", $"attachment; filename=\"statement_{id}.pdf\"")],
        };
    }

    private static IEnumerable<string> Lines(Download download, Money money, Payment payment)
    {
        var payer = download.Account.Part<PaymentPart>().Payer;
        var tax = payment.TaxIn(money);
        string?[] lines =
        [
            "支払明細書 / Payment statement",
            "",
            payer?.CompanyName ?? download.Account.Name,
            payer?.Department,
            payer?.FullName,
            "",
            $"No. {payment.StatementId}",
            string.Create(CultureInfo.InvariantCulture, $"支払日 / Paid: {payment.Paid:yyyy-MM-dd} (UTC)"),
            $"対象月 / Months: {string.Join(", ", payment.Months)}",
            string.Create(CultureInfo.InvariantCulture, $"小計 / Subtotal: {payment.Amount - tax:N2} {money.Code}"),
            string.Create(CultureInfo.InvariantCulture, $"消費税 / Tax ({money.TaxPercent} %): {tax:N2} {money.Code}"),
            string.Create(CultureInfo.InvariantCulture, $"合計 / Total: {payment.Amount:N2} {money.Code}"),
        ];
        return lines.OfType<string>();
    }

    private static byte[] Write(IEnumerable<string> lines)
    {
        var page = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"BT /F1 13 Tf {LineHeight} TL {Left} {Top} Td\n"));
        foreach (var line in lines)
        {
            page.Append('<').Append(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(line))).Append("> Tj T*\n");
        }

        page.Append("ET");
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Length {page.Length}>>stream\n{page}\nendstream"),
            "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UCS2-H/DescendantFonts[6 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/W[1[500]2 94 500]/FontDescriptor 7 0 R>>",
            "<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]/ItalicAngle 0/Ascent 752/Descent -221/CapHeight 737/StemV 114>>",
        ];

        // All of it is ASCII, so that characters are bytes and the table of offsets can count them.
        var file = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder("0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj{objects[i]}endobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n{table}trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
