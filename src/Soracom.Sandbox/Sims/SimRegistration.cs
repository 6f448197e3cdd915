using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>Takes SIMs from the stock into the account.</summary>
internal static class SimRegistration
{
    /// <summary>Registers the SIM that matches, with what the body says of it.</summary>
    /// <param name="call">The call, with the registration as its body.</param>
    /// <param name="registered">The SIM of the id that was given, where the account has it already.</param>
    /// <param name="matches">Whether it is the one that was named.</param>
    public static Sim Register(Call call, Sim? registered, Func<Sim, bool> matches)
    {
        var body = call.Body.Object();
        var secret = body.RequiredText("registrationSecret");
        var groupId = body.Text("groupId");
        var tags = body.Object("tags")?.TextMembers().Aggregate(Tags.None, (tags, tag) => tags.With(tag.Key, tag.Value));
        if (registered is not null)
        {
            throw new VendorException(SimErrors.IsRegistered);
        }

        if (groupId is not null && call.Data.FindGroup(groupId) is null)
        {
            throw new VendorException(VendorErrors.NoSuchGroup) { Status = call.Options.Undocumented.UnknownGroup };
        }

        var sim = call.Data.Part<SimStock>().Take(matches, secret) ?? throw new VendorException(SimErrors.NotInStock);
        var time = call.Now.ToUnixTimeMilliseconds();
        return Admit(call, sim with { GroupId = groupId, Tags = tags ?? sim.Tags, Details = new SimDetails { RegisteredTime = time } });
    }

    /// <summary>Puts a new SIM into the account, as of now.</summary>
    public static Sim Admit(Call call, Sim sim) =>
        call.Data.Part<SimLife>().Put(sim with { CreatedTime = call.Now.ToUnixTimeMilliseconds() }, call.Now, call.Options.IndexLag);
}
