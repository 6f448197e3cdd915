using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SandboxAccounts;

/// <summary>
/// What only the vendor's sandbox and this project's have: accounts, SIMs, statistics and coupons out of nothing, for tests. Production knows none of these paths.
/// </summary>
public interface ISandboxAccountsApi
{
    /// <summary>
    /// Vendor operation sandboxInitializeOperator: makes an operator account, with a payment method, and signs in to it. 400 when the address is taken or the
    /// production AuthKey is wrong.
    /// </summary>
    [SoracomOperation("sandboxInitializeOperator"), Post("/sandbox/init")]
    Task<SandboxSignIn> SandboxInitializeOperatorAsync([Body] SandboxOperatorRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxGetSignupToken: what production would have mailed to somebody who signs up. 400 when nobody did.</summary>
    [SoracomOperation("sandboxGetSignupToken", Effect = CallEffect.Repeatable), Post("/sandbox/operators/token/{email}")]
    Task<SandboxSignupToken> SandboxGetSignupTokenAsync(
        [Path("email")] string email, [Body] SandboxSignupTokenRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxDeleteOperator: ends the caller's account, and its API keys with it. 400 when there is none.</summary>
    [SoracomOperation("sandboxDeleteOperator"), Delete("/sandbox/operators/{operator_id}")]
    Task SandboxDeleteOperatorAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxCreateSubscriber: a SIM that can be registered with the secret that the answer holds.</summary>
    [SoracomOperation("sandboxCreateSubscriber"), Post("/sandbox/subscribers/create")]
    Task<SandboxSubscriber> SandboxCreateSubscriberAsync([Body] SandboxSubscriberRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxShipOrder: an order leaves, and its SIMs can be registered. 400 when there is no such order.</summary>
    [SoracomOperation("sandboxShipOrder"), Post("/sandbox/orders/ship")]
    Task SandboxShipOrderAsync([Body] SandboxShipment request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxInsertAirStats: traffic that adds to what is there. 400 for a second time with the same timestamp.</summary>
    [SoracomOperation("sandboxInsertAirStats"), Post("/sandbox/stats/air/subscribers/{imsi}")]
    Task SandboxInsertAirStatsAsync([Path("imsi")] string imsi, [Body] SandboxAirStats request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxInsertBeamStats: Beam requests that add to what is there. 400 for a second time with the same timestamp.</summary>
    [SoracomOperation("sandboxInsertBeamStats"), Post("/sandbox/stats/beam/subscribers/{imsi}")]
    Task SandboxInsertBeamStatsAsync([Path("imsi")] string imsi, [Body] SandboxBeamStats request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sandboxCreateCoupon: a coupon that can be registered by its code.</summary>
    [SoracomOperation("sandboxCreateCoupon"), Post("/sandbox/coupons/create")]
    Task<SandboxCoupon> SandboxCreateCouponAsync([Body] SandboxCouponRequest request, CancellationToken cancellationToken = default);
}
