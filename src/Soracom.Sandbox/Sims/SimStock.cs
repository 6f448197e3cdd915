using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// SIMs that have been bought but not registered, each with the secret that is printed on it. A demo account has three of them, whose
/// secrets are the last eight digits of their SIM IDs.
/// </summary>
internal sealed class SimStock() : Part<SimStockState>(SimStockJson.Default.SimStockState)
{
    private const int SecretLength = 8;
    private const int DemoCount = 3;
    private const int DemoBlock = 71;
    private const int MadeBlock = 81;

    private readonly KeyedList<StockedSim> stock = new(one => one.Sim.SimId);
    private int made;

    /// <summary>The SIMs that wait at the start of a demo.</summary>
    public IReadOnlyList<StockedSim> DemoSims()
    {
        var subscription = Home.Coverage == Http.Coverage.Japan ? "plan-K2" : "plan01s";
        return
        [
            .. Enumerable.Range(0, DemoCount)
                .Select(i => Make(DemoBlock, i, subscription, "nano", Home.Origin.Start.AddDays(-7).ToUnixTimeMilliseconds()))
                .Select(sim => new StockedSim(sim, sim.SimId[^SecretLength..])),
        ];
    }

    /// <inheritdoc/>
    public override void Seed()
    {
        foreach (var sim in DemoSims())
        {
            stock.Put(sim);
        }
    }

    /// <summary>A new SIM as it comes from the factory: ready, and protected from termination. It is in no account yet.</summary>
    /// <param name="subscription">Its plan.</param>
    /// <param name="moduleType">Its form; a virtual one is active from the beginning.</param>
    /// <param name="at">Now.</param>
    public Sim Make(string subscription, string moduleType, DateTimeOffset at) => Make(MadeBlock, made++, subscription, moduleType, at.ToUnixTimeMilliseconds());

    /// <summary>A new subscription for a SIM that is there.</summary>
    public Subscriber MakeSubscriber(string subscription, string? status)
    {
        var serial = Serial(made++);
        return new Subscriber(Numbers(MadeBlock).Imsi(subscription, serial), Msisdn(MadeBlock, subscription, serial), subscription, [], status);
    }

    /// <summary>Puts a SIM where it can be registered from.</summary>
    public void Add(Sim sim, string secret) => stock.Put(new StockedSim(sim, secret));

    /// <summary>The SIMs that wait to be registered, by SIM ID.</summary>
    public IEnumerable<Sim> Waiting => Enumerable.Range(0, stock.Count).Select(i => stock[i].Sim);

    /// <summary>Takes a SIM out, for whoever knows its secret; null when there is none of both.</summary>
    public Sim? Take(Func<Sim, bool> matches, string secret)
    {
        for (var i = 0; i < stock.Count; i++)
        {
            var (sim, expected) = stock[i];
            if (matches(sim) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret)))
            {
                stock.Remove(sim.SimId);
                return sim;
            }
        }

        return null;
    }

    protected override SimStockState Save() => new([.. Enumerable.Range(0, stock.Count).Select(i => stock[i])], made);

    protected override void Load(SimStockState saved)
    {
        saved.Stock.ForEach(stock.Put);
        made = saved.Made;
    }

    private Sim Make(int block, int number, string subscription, string moduleType, long time)
    {
        var isVirtual = moduleType == "virtual";
        var serial = Serial(number);
        var simId = Numbers(block).SimId(serial);
        var plan = Subscriptions.Of(subscription);
        var bundles = plan.Bundles.Take(1).ToList();
        var primary = new Subscriber(Numbers(block).Imsi(subscription, serial), Msisdn(block, subscription, serial), subscription, bundles, Status: null);
        return new Sim
        {
            SimId = simId,
            Type = isVirtual ? "virtual" : moduleType is "embedded" or "integrated" or "profilePackage" ? "euicc" : "uicc",
            ModuleType = moduleType,
            Status = isVirtual ? StatusMachine.Active : StatusMachine.Ready,
            SpeedClass = SpeedClassOf(plan),
            Tags = Tags.None,
            CreatedTime = time,
            LastModifiedTime = time,
            RenewalFeeStatusSetTime = isVirtual ? null : time,
            SerialNumber = isVirtual ? null : Numbers(block).SerialNumber(subscription, simId, serial),
            Profiles = [new SimProfile(simId, Home.Coverage == Http.Coverage.Global && !isVirtual, [primary])],
        };
    }

    /// <summary>The first of an account's numbers follows from its operator id: accounts must not make the same ones.</summary>
    private int Serial(int number) => (Home.Random("numbers").Next(1, 90_000) * 1_000) + number;

    private string? Msisdn(int block, string subscription, int serial) => subscription == Subscriptions.Arc ? null : Numbers(block).Msisdn(serial % 1_000_000);

    private Numbers Numbers(int block) => new(Home.Coverage ?? throw new InvalidOperationException("SIMs are of a coverage."), block);

    /// <summary>What a new SIM of the plan has.</summary>
    public static string SpeedClassOf(Plan plan) => plan.Name switch
    {
        Subscriptions.Arc => "arc.standard",
        "plan-KM1" => "t1.standard",
        "plan-DU" => "u1.standard",
        _ => "s1.standard",
    };
}

internal sealed record StockedSim(Sim Sim, string Secret)
{
    public override string ToString() => nameof(StockedSim);
}

internal sealed record SimStockState(List<StockedSim> Stock, int Made);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimStockState))]
internal sealed partial class SimStockJson : JsonSerializerContext;
