using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Mail;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Subscribers;

/// <summary>
/// The tag Subscriber: SIMs that are ready change hands. Whoever has them offers them, the other account takes them with the token that it is mailed.
/// A SIM whose status changes meanwhile stays: nothing becomes ready again.
/// </summary>
internal static class TransferOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/subscribers/transfer_token/issue", "issueSubscriberTransferToken", "Subscriber:issueSubscriberTransferToken", Issue),
        new("POST", "/subscribers/transfer_token/verify", "verifySubscriberTransferToken", "Subscriber:verifySubscriberTransferToken", Verify) { EntersAccounts = true },
        new("DELETE", "/subscribers/transfer_token/{token}", "deleteSubscriberTransferToken", "Subscriber:deleteSubscriberTransferToken", Cancel),
    ];

    private static Answer Issue(Call call)
    {
        var body = call.Body.Object();
        var (email, operatorId) = (body.RequiredText("transferDestinationOperatorEmail"), body.RequiredText("transferDestinationOperatorId"));
        var imsis = (body.Texts("transferImsi") ?? throw new VendorException(VendorErrors.Required, "transferImsi")).Distinct(StringComparer.Ordinal).ToList();
        if (call.World.Find(operatorId) is not { } destination || destination == call.Account || !string.Equals(destination.Email, email, StringComparison.OrdinalIgnoreCase))
        {
            throw new VendorException(TransferErrors.NoDestination);
        }

        var sims = imsis.Select(imsi => call.Data.FindSimByImsi(imsi) ?? throw new VendorException(VendorErrors.NoSuchSim)).DistinctBy(sim => sim.SimId, StringComparer.Ordinal).ToList();
        if (sims.Count == 0 || sims.Exists(sim => sim.Status != StatusMachine.Ready))
        {
            throw new VendorException(TransferErrors.NotReady);
        }

        var offers = call.Account.Part<TransfersPart>();
        if (sims.Exists(sim => offers.Has(sim, call.Coverage)))
        {
            throw new VendorException(TransferErrors.Offered);
        }

        if (call.Options.Undocumented.ShowsTransferringStatus)
        {
            foreach (var sim in sims)
            {
                SimTurn.Of(call, sim).Save(sim with { Status = StatusMachine.Transferring });
            }
        }

        var offer = new TransferOffer($"{Guid.NewGuid()}-{Guid.NewGuid()}", call.Coverage, operatorId, imsis);
        offers.Add(offer);
        call.World.Mail.Send(new SandboxMail(destination.Email, "SIM transfer", offer.Token, call.Now));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("token", offer.Token);
            json.WriteEndObject();
        });
    }

    /// <summary>
    /// One account after the other, never both at once: two transfers in opposite directions must not wait for each other. In between the
    /// SIMs are nowhere.
    /// </summary>
    private static Answer Verify(Call call)
    {
        var token = call.Body.Object().RequiredText("token");
        var source = call.World.Accounts.FirstOrDefault(account => OfferOf(account, token, call) is not null) ?? throw new VendorException(TransferErrors.NoOffer);
        var (imsis, sims) = source.Run(call.Now, changing: true, () => Release(source, token, call));
        call.Account.Run(call.Now, changing: true, () =>
        {
            foreach (var sim in sims)
            {
                SimRegistration.Admit(call, sim);
            }

            return true;
        });
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStrings("transferredImsi", imsis);
            json.WriteEndObject();
        });
    }

    private static Answer Cancel(Call call)
    {
        var part = call.Account.Part<TransfersPart>();
        var offer = part.Find(call.Path["token"], call.Coverage) ?? throw new VendorException(TransferErrors.NoOffer) { Status = StatusCodes.Status404NotFound };
        foreach (var sim in SimsOf(offer, call.Data).Where(sim => sim.Status == StatusMachine.Transferring))
        {
            SimTurn.Of(call, sim).Save(sim with { Status = StatusMachine.Ready });
        }

        part.Remove(offer);
        return Answer.NoContent;
    }

    private static TransferOffer? OfferOf(OperatorAccount account, string token, Call call)
    {
        lock (account.Gate)
        {
            return Mine(account, token, call);
        }
    }

    /// <summary>Takes the SIMs of an offer out of the account that made it.</summary>
    private static (List<string> Imsis, List<Sim> Sims) Release(OperatorAccount source, string token, Call call)
    {
        var offer = Mine(source, token, call) ?? throw new VendorException(TransferErrors.NoOffer);
        var data = source.Data(call.Coverage);
        var sims = SimsOf(offer, data);
        if (sims.Count == 0)
        {
            throw new VendorException(TransferErrors.NoOffer);
        }

        foreach (var sim in sims)
        {
            data.Part<SimLife>().Remove(sim.SimId, call.Now, call.Options.IndexLag);
        }

        source.Part<TransfersPart>().Remove(offer);
        return ([.. offer.Imsis.Where(imsi => sims.Exists(sim => sim.FindSubscriber(imsi) is not null))], [.. sims.Select(AsNew)]);
    }

    private static TransferOffer? Mine(OperatorAccount source, string token, Call call) =>
        source.Part<TransfersPart>().Find(token, call.Coverage) is { } offer && offer.To == call.Account.OperatorId ? offer : null;

    /// <summary>Those that are still on their way.</summary>
    private static List<Sim> SimsOf(TransferOffer offer, CoverageData data) =>
        [.. offer.Imsis.Select(data.FindSimByImsi).OfType<Sim>().Where(sim => sim.Status is StatusMachine.Ready or StatusMachine.Transferring).DistinctBy(sim => sim.SimId, StringComparer.Ordinal)];

    /// <summary>What one account has made of a SIM is nothing to the other.</summary>
    private static Sim AsNew(Sim sim) => sim with
    {
        Status = StatusMachine.Ready,
        GroupId = null,
        Tags = Tags.None,
        ExpiryTime = null,
        ExpiryAction = null,
        TerminationEnabled = false,
        LockedImei = null,
        Details = null,
    };
}

/// <summary>The refusals of this area, with codes of ours.</summary>
internal static class TransferErrors
{
    public static readonly VendorError NoDestination = new(400, "SEM9060",
        "There is no other operator of that id and mail address.", "指定されたオペレーター ID とメールアドレスの組み合わせに一致する譲渡先が存在しません。");

    public static readonly VendorError NotReady = new(400, "SEM9061",
        "Only SIMs that are ready can be transferred.", "譲渡できるのは準備完了の SIM のみです。");

    public static readonly VendorError Offered = new(400, "SEM9063",
        "One of the SIMs is being transferred already.", "すでに譲渡の手続き中の SIM が含まれています。");

    public static readonly VendorError NoOffer = new(400, "SEM9062",
        "There is no such transfer for this account.", "指定されたトークンの譲渡は存在しません。");
}
