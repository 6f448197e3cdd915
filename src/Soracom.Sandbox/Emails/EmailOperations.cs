using System.Net.Mail;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Mail;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Users;

namespace Soracom.Sandbox.Emails;

/// <summary>The tag Email: an operator's addresses. For the root user only.</summary>
internal static class EmailOperations
{
    private const string One = "/operators/{operator_id}/emails/{email_id}";

    /// <summary>There is a limit, of which the service tells no number.</summary>
    private const int MostEmails = 10;

    /// <summary>How long a mailed token is good for is not public.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/operators/{operator_id}/emails", "listEmails", "Email:listEmails", call => Answer.List(Own(call).All, Write)),
        new("GET", One, "getEmail", "Email:getEmail", Get),
        new("DELETE", One, "deleteEmail", "Email:deleteEmail", Delete),
        new("POST", "/operators/add_email_token/issue", "issueAddEmailToken", "Email:issueAddEmailToken", Ask),
        new("POST", "/operators/add_email_token/verify", "verifyAddEmailToken", "Email:verifyAddEmailToken", Confirm) { Anonymous = true },
    ];

    private static EmailPart OfRoot(Call call) => call.Session.UserName is null
        ? call.Account.Part<EmailPart>()
        : throw new VendorException(EmailErrors.RootOnly);

    private static EmailPart Own(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return OfRoot(call);
    }

    private static Email Known(Call call) => Own(call).Find(call.Path["email_id"]) ?? throw new VendorException(EmailErrors.NoSuchEmail);

    private static Answer Get(Call call)
    {
        var email = Known(call);
        return Answer.Ok(json => Write(json, email));
    }

    private static Answer Delete(Call call)
    {
        var email = Known(call);
        if (email.Address == call.Account.Email)
        {
            throw new VendorException(EmailErrors.RootAddress);
        }

        Own(call).Remove(email);
        return Answer.NoContent;
    }

    private static Answer Ask(Call call)
    {
        var emails = OfRoot(call);
        var body = call.Body.Object();
        var (address, password) = (body.RequiredText("email"), body.RequiredText("password"));
        Refuse(call.Account.Part<PeoplePart>().Root.Password != password, UserErrors.WrongPassword);
        Refuse(!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address, EmailErrors.BadAddress);
        Refuse(emails.Has(address), EmailErrors.EmailExists);
        Refuse(emails.All.Count >= MostEmails, EmailErrors.TooManyEmails, $"{MostEmails}");
        call.World.Mail.Send(new SandboxMail(address, "new address", emails.Ask(address, call.Now + TokenLife), call.Now));
        return Answer.EmptyOk;
    }

    /// <summary>The token alone tells whose address it is.</summary>
    private static Answer Confirm(Call call)
    {
        var token = call.Body.Object().RequiredText("token");
        foreach (var account in call.World.Accounts)
        {
            bool knows;
            lock (account.Gate)
            {
                knows = account.Part<EmailPart>().Knows(token);
            }

            if (knows && account.Run(call.Now, changing: true, () => account.Part<EmailPart>().Confirm(token, call.Now)))
            {
                return Answer.EmptyOk;
            }
        }

        throw new VendorException(UserErrors.WrongToken);
    }

    private static void Refuse(bool isWrong, VendorError error, params string[] arguments)
    {
        if (isWrong)
        {
            throw new VendorException(error, arguments);
        }
    }

    /// <summary>The unit of the times is not public; like those of users they are in seconds.</summary>
    private static void Write(Utf8JsonWriter json, Email email)
    {
        json.WriteStartObject();
        json.WriteString("emailId", email.Id);
        json.WriteString("email", email.Address);
        json.WriteBoolean("verified", email.IsVerified);
        json.WriteNumber("createDateTime", email.Created.ToUnixTimeSeconds());
        json.WriteNumber("updateDateTime", email.Created.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
