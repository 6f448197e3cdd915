using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Mail;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.Auth;

/// <summary>
/// Ways back for a root user who has lost the password or the second factor: a token by mail, then the change. The mails can be
/// read under /_control.
/// </summary>
internal static class RecoveryOperations
{
    /// <summary>How long a mailed token is good for is not public.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/auth/password_reset_token/issue", "issuePasswordResetToken", "Auth:issuePasswordResetToken", MailPasswordReset) { Anonymous = true },
        new("POST", "/auth/password_reset_token/verify", "verifyPasswordResetToken", "Auth:verifyPasswordResetToken", ResetPassword) { Anonymous = true },
        new("POST", "/operators/mfa_revoke_token/issue", "issueMFARevokingToken", "Operator:issueMFARevokingToken", MailMfaRevocation) { Anonymous = true },
        new("POST", "/operators/mfa_revoke_token/verify", "verifyMFARevokingToken", "Operator:verifyMFARevokingToken", RevokeMfa) { Anonymous = true },
    ];

    private static Answer MailPasswordReset(Call call)
    {
        var account = call.World.FindByEmail(call.Body.Object().RequiredText("email")) ?? throw new VendorException(UserErrors.UnknownAddress);
        return Change(call, account, people => Mail(call, people, MailedToken.PasswordReset));
    }

    /// <summary>The token alone tells whose password it is.</summary>
    private static Answer ResetPassword(Call call)
    {
        var body = call.Body.Object();
        var (token, password) = (body.RequiredText("token"), body.RequiredText("password"));
        var account = call.World.Accounts.FirstOrDefault(account => Look(account, people => people.Tokens.Any(IsIt)))
            ?? throw new VendorException(UserErrors.WrongToken);
        return Change(call, account, people =>
        {
            var found = people.Tokens.FirstOrDefault(IsIt) ?? throw new VendorException(UserErrors.WrongToken);
            EnsureAlive(found, call.Now);
            people.Put(people.Root with { Password = Subject.CheckedPassword(password), Updated = call.Now });
            people.UseUp(MailedToken.PasswordReset);
        });

        bool IsIt(MailedToken one) => one.Purpose == MailedToken.PasswordReset && one.Token == token;
    }

    private static Answer MailMfaRevocation(Call call)
    {
        var body = call.Body.Object();
        var (email, password) = (body.RequiredText("email"), body.RequiredText("password"));
        var account = call.World.FindByEmail(email) ?? throw new VendorException(UserErrors.UnknownAddress) { Status = StatusCodes.Status404NotFound };
        return Change(call, account, people =>
        {
            if (people.Root.Password != password)
            {
                throw new VendorException(UserErrors.WrongPassword);
            }

            EnsureSecondFactor(people);
            Mail(call, people, MailedToken.MfaRevocation);
        });
    }

    private static Answer RevokeMfa(Call call)
    {
        var body = call.Body.Object();
        var (email, password) = (body.RequiredText("email"), body.RequiredText("password"));
        var (token, backupCode) = (body.RequiredText("token"), body.RequiredText("backupCode"));
        var account = call.World.FindByEmail(email) ?? throw new VendorException(UserErrors.WrongLogin);
        return Change(call, account, people =>
        {
            if (people.Root.Password != password)
            {
                throw new VendorException(UserErrors.WrongLogin);
            }

            var factor = EnsureSecondFactor(people);
            var found = people.Tokens.FirstOrDefault(one => one.Purpose == MailedToken.MfaRevocation && one.Token == token);
            if (found is null || found.Expires <= call.Now)
            {
                throw new VendorException(UserErrors.WrongToken);
            }

            if (!factor.BackupCodes.Contains(backupCode, StringComparer.Ordinal))
            {
                throw new VendorException(UserErrors.WrongCode);
            }

            people.Put(people.Root with { SecondFactor = null, Updated = call.Now });
            people.UseUp(MailedToken.MfaRevocation);
        });
    }

    private static SecondFactor EnsureSecondFactor(PeoplePart people) => people.Root.SecondFactor is { IsConfirmed: true } factor
        ? factor
        : throw new VendorException(UserErrors.NoSecondFactor);

    private static void EnsureAlive(MailedToken token, DateTimeOffset now)
    {
        if (token.Expires <= now)
        {
            throw new VendorException(UserErrors.TokenExpired);
        }
    }

    private static void Mail(Call call, PeoplePart people, string purpose)
    {
        var token = people.IssueToken(purpose, call.Now + TokenLife);
        call.World.Mail.Send(new SandboxMail(people.Home.Account.Email, purpose, token, call.Now));
    }

    private static Answer Change(Call call, OperatorAccount account, Action<PeoplePart> act) => account.Run(call.Now, changing: true, () =>
    {
        act(account.Part<PeoplePart>());
        return Answer.EmptyOk;
    });

    private static bool Look(OperatorAccount account, Func<PeoplePart, bool> act)
    {
        lock (account.Gate)
        {
            return act(account.Part<PeoplePart>());
        }
    }
}
