using System.Security.Cryptography;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>MFA of the root user and of SAM users alike: begun, confirmed by a first code, and ended.</summary>
internal static class SecondFactorActs
{
    private const int BackupCodeCount = 10;

    public static Answer Status(Subject subject) => Answer.Ok(UserJson.Text("status", subject.User.SecondFactor switch
    {
        null => "INACTIVE",
        { IsConfirmed: false } => "UNCONFIRMED",
        _ => "ACTIVE",
    }));

    /// <summary>Begins anew where it was begun before: whoever lost the first address gets another.</summary>
    public static Answer Enable(Subject subject)
    {
        if (subject.User.SecondFactor is { IsConfirmed: true })
        {
            throw new VendorException(UserErrors.SecondFactorActive);
        }

        var factor = new SecondFactor(Totp.NewSecret(), IsConfirmed: false, []);
        subject.Put(subject.User with { SecondFactor = factor });
        return Answer.Ok(UserJson.Text("totpUri", Totp.Uri(subject.User.Name ?? subject.Call.Account.Email, factor.Secret)));
    }

    /// <returns>The backup codes.</returns>
    public static IReadOnlyList<string> Confirm(Subject subject)
    {
        var code = subject.Call.Body.Object().Text("mfaOTPCode");
        switch (subject.User.SecondFactor)
        {
            case null:
                throw new VendorException(UserErrors.NoSecondFactor);
            case { IsConfirmed: true }:
                throw new VendorException(UserErrors.SecondFactorActive);
            case var factor when !Totp.IsGood(factor.Secret, code, subject.Call.Now):
                throw new VendorException(UserErrors.WrongCode);
            case var factor:
                string[] backupCodes = [.. Enumerable.Range(0, BackupCodeCount).Select(_ => RandomNumberGenerator.GetHexString(10, lowercase: true))];
                subject.Put(subject.User with { SecondFactor = factor with { IsConfirmed = true, BackupCodes = backupCodes } });
                return backupCodes;
        }
    }

    public static Answer Revoke(Subject subject)
    {
        if (subject.User.SecondFactor is null)
        {
            throw new VendorException(UserErrors.NoSecondFactor);
        }

        subject.Put(subject.User with { SecondFactor = null });
        return Answer.NoContent;
    }
}
