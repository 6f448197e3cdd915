using System.Text.Json.Serialization;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Payments;

/// <summary>How an account pays for its bills, and whom statements are made out to; the same for both coverages.</summary>
internal sealed class PaymentPart() : Part<PaymentPart.State>(PaymentJson.Default.State)
{
    private State state = new(Card: null, ByInvoice: false, Failure: null, Payer: null);

    public PaymentCard? Card => state.Card;

    /// <summary>A third party collects what is owed.</summary>
    public bool ByInvoice => state.ByInvoice;

    /// <summary>What is, or was last, wrong with the card.</summary>
    public CardFailure? Failure => state.Failure;

    public Payer? Payer
    {
        get => state.Payer;
        set => state = state with { Payer = value };
    }

    /// <summary>Whether a payment at that time came through; when, if it did in the end.</summary>
    public DateTimeOffset? PaidAt(DateTimeOffset due) =>
        Card is null ? null
        : Failure is not { } failure || due < failure.Since || due > failure.Recovered ? due
        : failure.Recovered;

    /// <summary>Registers a card, instead of what there was.</summary>
    public void Register(PaymentCard card) => state = state with { Card = card, ByInvoice = false, Failure = null };

    /// <summary>Lets payments fail from a time on, until the card is activated again.</summary>
    public void Fail(string code, DateTimeOffset since) => state = state with { Failure = new CardFailure(code, since, Recovered: null) };

    /// <summary>Tries again with the card that an error was found in.</summary>
    public void Activate(DateTimeOffset now)
    {
        if (Card is { } card && Failure is { Recovered: null } failure)
        {
            state = state with { Card = card with { Updated = now }, Failure = failure with { Recovered = now } };
        }
    }

    public override void Seed()
    {
        var start = Home.Origin.Start;
        var card = new PaymentCard("visa", "4242", $"{start.Year + 2}-09", start.AddDays(-400));
        switch (Home.Origin.Fleet)
        {
            case DemoFleets.Aoba:
                state = state with { Card = card, Payer = new Payer(Home.Account.Name, "経理部", "青葉 はるか") };
                break;
            case DemoFleets.Nagisa:
                state = state with { ByInvoice = true, Payer = new Payer(Home.Account.Name, "財務課", null) };
                break;
            default:
                Register(card);
                Fail("incorrect_expiry", LastPayment(start));
                break;
        }
    }

    protected override State Save() => state;

    protected override void Load(State saved) => state = saved;

    private static DateTimeOffset LastPayment(DateTimeOffset time)
    {
        var month = BillMonth.Of(time);
        while (month.Payment > time)
        {
            month = month.Plus(-1);
        }

        return month.Payment;
    }

    internal sealed record State(PaymentCard? Card, bool ByInvoice, CardFailure? Failure, Payer? Payer);
}

/// <param name="Brand">In small letters.</param>
/// <param name="LastDigits">Four.</param>
/// <param name="Expiry">yyyy-MM</param>
/// <param name="Updated">When it was registered or last put right.</param>
internal sealed record PaymentCard(string Brand, string LastDigits, string Expiry, DateTimeOffset Updated);

/// <param name="Code">One of the definition's error codes.</param>
/// <param name="Since">Payments from then on fail.</param>
/// <param name="Recovered">Until then, when what had failed is paid; null while it lasts.</param>
internal sealed record CardFailure(string Code, DateTimeOffset Since, DateTimeOffset? Recovered);

internal sealed record Payer(string? CompanyName, string? Department, string? FullName);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PaymentPart.State))]
internal sealed partial class PaymentJson : JsonSerializerContext;
