using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Subscribers;

/// <summary>The SIMs that an account has offered to others and that nobody has taken yet.</summary>
internal sealed class TransfersPart() : Part<TransfersState>(TransfersJson.Default.TransfersState)
{
    private readonly List<TransferOffer> offers = [];

    public void Add(TransferOffer offer) => offers.Add(offer);

    /// <summary>The offer of a token, if it is open and of that coverage.</summary>
    public TransferOffer? Find(string token, Coverage coverage) => offers.Find(offer => offer.Token == token && offer.Coverage == coverage);

    /// <summary>Whether a SIM is on offer.</summary>
    public bool Has(Sim sim, Coverage coverage) => offers.Exists(offer => offer.Coverage == coverage && offer.Imsis.Exists(imsi => sim.FindSubscriber(imsi) is not null));

    public void Remove(TransferOffer offer) => offers.Remove(offer);

    protected override TransfersState Save() => new([.. offers]);

    protected override void Load(TransfersState saved) => offers.AddRange(saved.Offers);
}

/// <param name="Token">Accepts it, or takes it back.</param>
/// <param name="Coverage">Where the SIMs are.</param>
/// <param name="To">The operator who may accept it.</param>
/// <param name="Imsis">As they were named.</param>
internal sealed record TransferOffer(string Token, Coverage Coverage, string To, List<string> Imsis)
{
    public override string ToString() => nameof(TransferOffer);
}

internal sealed record TransfersState(List<TransferOffer> Offers);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TransfersState))]
internal sealed partial class TransfersJson : JsonSerializerContext;
