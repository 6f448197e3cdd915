using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Actions;

/// <summary>Brings SIMs and subscriptions into the account. Registration secrets and private keys are neither kept nor recorded.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Does it.</param>
/// <param name="inventory">Takes in what is learned.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimOrders(TenantSoracom soracom, VendorActs acts, InventoryStore inventory, TimeProvider clock)
{
    /// <summary>The digits of a SIM id, which is the card's ICCID.</summary>
    private const int FewestDigits = 18;

    private const int MostDigits = 22;

    /// <summary>What is wrong with a registration, as far as that can be told without the vendor.</summary>
    /// <param name="simId">The SIM id, as printed on the card.</param>
    /// <param name="secret">The PUK, or the pass code on the card.</param>
    /// <returns>What is wrong; null when it may be sent.</returns>
    public static InputError? WrongWith(string simId, string secret)
    {
        ArgumentNullException.ThrowIfNull(simId);
        return simId.Length is < FewestDigits or > MostDigits || !simId.All(char.IsAsciiDigit) ? new InputError("RegisterSimId", FewestDigits, MostDigits)
            : string.IsNullOrWhiteSpace(secret) ? new InputError("RegisterSecret")
            : null;
    }

    /// <summary>Takes a card into the account (operation registerSim).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id, as printed on the card.</param>
    /// <param name="secret">The PUK, or the pass code on the card.</param>
    /// <param name="name">Its name; empty for none.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The SIM; an <see cref="InputError"/>; an <see cref="ObstacleError"/> when it is there already; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<Sim>> RegisterAsync(TenantContext tenant, SoracomCoverage coverage, string simId, string secret, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(simId);
        await tenant.RequireAsync(Permission.SimsAdd, cancellationToken);
        if (WrongWith(simId, secret) is { } wrong)
        {
            return wrong;
        }

        var known = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), cancellationToken);
        if (known.Error is not VendorError { Kind: VendorErrorKind.NotFound })
        {
            return known.Error ?? (Result<Sim>)new ObstacleError(new Obstacle("RegisteredAlready"));
        }

        var registration = new SimRegistration { RegistrationSecret = secret, Tags = name.Length == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name } };
        return await LearnedAsync(
            tenant,
            coverage,
            await acts.DoAsync(
                tenant,
                coverage,
                new AuditAct(AuditActions.SimRegistered, AuditOutcome.Begun) { ObjectId = simId, ObjectName = name.Length == 0 ? null : name },
                (client, token) => client.Sims.RegisterSimAsync(simId, registration, token),
                // Nobody but its account can see a SIM: where it can be read, it was registered.
                async (client, token) => new Looked<Sim>(Done: true, await client.Sims.GetSimAsync(simId, token)),
                cancellationToken));
    }

    /// <summary>Makes a virtual SIM (operation createSim).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The SIM with its private key, which nobody tells a second time; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<NewVirtualSim>> CreateVirtualAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsAdd, cancellationToken);
        var made = await LearnedAsync(
            tenant,
            coverage,
            await acts.DoAsync(
                tenant,
                coverage,
                new AuditAct(AuditActions.SimCreated, AuditOutcome.Begun),
                (client, token) => client.SimProfiles.CreateSimAsync(VirtualSimOrder.Arc, token),
                look: null,
                cancellationToken,
                (act, sim) => act with { ObjectId = sim.SimId }));
        return made.Then(sim => new NewVirtualSim(sim.SimId, new ArcKeys
        {
            ArcClientPeerPublicKey = sim.ActiveProfile?.ArcClientPeerPublicKey,
            ArcClientPeerPrivateKey = sim.ActiveProfile?.ArcClientPeerPrivateKey,
        }));
    }

    /// <summary>Adds a subscription to a SIM's profile (operation addSubscription).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="iccid">The profile.</param>
    /// <param name="subscription">One of <see cref="AddedSubscription"/>.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The keys where it is Arc's and the vendor made them; or an error.</returns>
    public async Task<Result<ArcKeys>> AddSubscriptionAsync(
        TenantContext tenant, SoracomCoverage coverage, string simId, string iccid, string subscription, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsAdd, cancellationToken);
        var order = new SubscriptionOrder
        {
            Subscription = subscription,
            Type = subscription == AddedSubscription.Arc ? AddedSubscriptionType.Virtual : AddedSubscriptionType.Cellular,
        };
        var added = await acts.DoAsync(
            tenant,
            coverage,
            new AuditAct(AuditActions.SimSubscribed, AuditOutcome.Begun) { ObjectId = simId, Detail = subscription },
            (client, token) => client.SimProfiles.AddSubscriptionAsync(simId, iccid, order, token),
            look: null,
            cancellationToken);
        return added.Then(profile => new ArcKeys { ArcClientPeerPublicKey = profile.ArcClientPeerPublicKey, ArcClientPeerPrivateKey = profile.ArcClientPeerPrivateKey });
    }

    /// <summary>Gives a SIM another WireGuard key, made by the vendor (operation renewArcSimCredentials); the one before ends.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The keys; nobody tells the private one a second time. Or a <see cref="VendorError"/>.</returns>
    public async Task<Result<ArcKeys>> RenewArcAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsAdd, cancellationToken);
        return await acts.DoAsync(
            tenant,
            coverage,
            new AuditAct(AuditActions.SimArcRenewed, AuditOutcome.Begun) { ObjectId = simId },
            (client, token) => client.SimProfiles.RenewArcSimCredentialsAsync(simId, new ArcKeyChoice(), token),
            look: null,
            cancellationToken);
    }

    private async Task<Result<Sim>> LearnedAsync(TenantContext tenant, SoracomCoverage coverage, Result<Sim> sim)
    {
        if (sim.Error is null)
        {
            await inventory.LearnAsync(tenant.TenantId, coverage, [sim.Value], clock.GetUtcNow(), CancellationToken.None);
        }

        return sim;
    }
}

/// <summary>A virtual SIM that was just made.</summary>
/// <param name="SimId">Its SIM id.</param>
/// <param name="Keys">Its keys, the private one among them.</param>
internal sealed record NewVirtualSim(string SimId, ArcKeys Keys);
