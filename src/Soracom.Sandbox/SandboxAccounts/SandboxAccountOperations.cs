using System.Globalization;
using System.Security.Cryptography;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Payments;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.SandboxAccounts;

/// <summary>The vendor's own sandbox endpoints, as far as they are about accounts. AuthKeys of production can't be checked: any will do.</summary>
internal static class SandboxAccountOperations
{
    private const int LongestEmail = 254;
    private const int MostTries = 100;

    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(1);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/sandbox/init", "sandboxInitializeOperator", "API Sandbox: Operator:sandboxInitializeOperator", Init) { Anonymous = true },
        new("POST", "/sandbox/operators/token/{email}", "sandboxGetSignupToken", "API Sandbox: Operator:sandboxGetSignupToken", SignupToken) { Anonymous = true },
        new("DELETE", "/sandbox/operators/{operator_id}", "sandboxDeleteOperator", "API Sandbox: Operator:sandboxDeleteOperator", Delete),
        .. SandboxThings.All,
    ];

    private static Answer Init(Call call)
    {
        var body = call.Body.Object();
        var email = body.RequiredText("email");
        var password = Subject.CheckedPassword(body.RequiredText("password"));
        CheckProductionKey(body.RequiredText("authKeyId"), body.RequiredText("authKey"));
        var hasCard = body.Flag("registerPaymentMethod") ?? true;

        // Every account of the sandbox has both coverages.
        if (body.Texts("coverageTypes")?.FirstOrDefault(type => type is not ("g" or "jp")) is not null)
        {
            throw new VendorException(VendorErrors.NotAChoice, "coverageTypes", "g, jp");
        }

        if (email.Length > LongestEmail || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }] || email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            throw new VendorException(SandboxErrors.BadEmail);
        }

        var account = Make(call, email, password);
        if (hasCard)
        {
            account.Run(call.Now, changing: true, () =>
            {
                account.Part<PaymentPart>().Register(new PaymentCard("visa", "4242", $"{call.Now.Year + 3}-12", call.Now));
                return true;
            });
        }

        var (session, token) = call.World.Sessions.Open(account, userName: null, PermissionSet.Everything, TokenLife);
        return Answer.Created(json =>
        {
            json.WriteStartObject();
            json.WriteString("apiKey", session.ApiKey);
            json.WriteString("operatorId", account.OperatorId);
            json.WriteString("token", token);
            json.WriteEndObject();
        });
    }

    private static OperatorAccount Make(Call call, string email, string password)
    {
        var root = new User(Name: null, password, []) { Created = call.Now, Updated = call.Now };
        for (var i = 0; i < MostTries; i++)
        {
            var operatorId = string.Create(CultureInfo.InvariantCulture, $"OP00{RandomNumberGenerator.GetInt32(100_000_000):D8}");
            var account = new OperatorAccount(operatorId, email, email, call.Now, root, new Origin(Fleet: null, call.Options.Seed, call.Now));
            if (call.World.TryAdd(account))
            {
                return account;
            }

            if (call.World.FindByEmail(email) is not null)
            {
                throw new VendorException(SandboxErrors.BadEmail);
            }
        }

        throw new InvalidOperationException("No operator id is free.");
    }

    /// <summary>An account of the sandbox needs no confirmation; the token is good for nothing but to be had.</summary>
    private static Answer SignupToken(Call call)
    {
        var body = call.Body.Object();
        CheckProductionKey(body.Text("authKeyId") ?? "", body.Text("authKey") ?? "");
        if (call.World.FindByEmail(call.Path["email"]) is null)
        {
            throw new VendorException(SandboxErrors.NobodySignedUp);
        }

        var token = Guid.NewGuid().ToString("N");
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteEndObject();
        });
    }

    private static void CheckProductionKey(string authKeyId, string authKey)
    {
        if (authKeyId.Length == 0 || authKey.Length == 0)
        {
            throw new VendorException(SandboxErrors.BadProductionKey);
        }
    }

    /// <summary>The demo's accounts come back with every start: they can't be deleted.</summary>
    private static Answer Delete(Call call)
    {
        if (call.Path["operator_id"] != call.Account.OperatorId || !call.Account.IsNew)
        {
            throw new VendorException(SandboxErrors.NoOperator);
        }

        call.World.Remove(call.Account);
        return Answer.EmptyOk;
    }
}
